<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AppRules</name>
    <message>
        <source>Program or platform</source>
        <translation>Programm oder Plattform</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Add a rule for this program</source>
        <translation>Eine Regel für dieses Programm hinzufügen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>When a meeting in {name} begins</source>
        <translation>Wenn eine Besprechung in {name} beginnt</translation>
    </message>
    <message>
        <source>Remove the rule for {name}</source>
        <translation>Die Regel für {name} entfernen</translation>
    </message>
</context>
<context>
    <name>Card</name>
    <message>
        <source>Copied. Paste it into the meeting&apos;s chat.</source>
        <translation>Kopiert. Fügen Sie es in den Chat der Besprechung ein.</translation>
    </message>
</context>
<context>
    <name>CheckupWindow</name>
    <message>
        <source>Check everything</source>
        <translation>Alles prüfen</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Noch einmal prüfen</translation>
    </message>
    <message>
        <source>Looking and listening; a short tone is played …</source>
        <translation>Es wird geschaut und gehört; ein kurzer Ton wird gespielt …</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>In Ordnung</translation>
    </message>
    <message>
        <source>To be looked at</source>
        <translation>Zu beachten</translation>
    </message>
    <message>
        <source>Wrong</source>
        <translation>Falsch</translation>
    </message>
    <message>
        <source>Everything is ready.</source>
        <translation>Alles ist bereit.</translation>
    </message>
    <message>
        <source>Not everything is as it should be.</source>
        <translation>Nicht alles ist, wie es sein soll.</translation>
    </message>
</context>
<context>
    <name>Controls</name>
    <message>
        <source>Volume</source>
        <translation>Lautstärke</translation>
    </message>
    <message>
        <source>Volume (up, down)</source>
        <translation>Lautstärke (auf, ab)</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>Sound on</source>
        <translation>Ton an</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>Stumm</translation>
    </message>
    <message>
        <source>Play or pause (space, K)</source>
        <translation>Abspielen oder anhalten (Leertaste, K)</translation>
    </message>
    <message>
        <source>Back 10 seconds (J)</source>
        <translation>10 Sekunden zurück (J)</translation>
    </message>
    <message>
        <source>−10 s</source>
        <translation>−10 s</translation>
    </message>
    <message>
        <source>+10 s</source>
        <translation>+10 s</translation>
    </message>
    <message>
        <source>Forward 10 seconds (L)</source>
        <translation>10 Sekunden vor (L)</translation>
    </message>
    <message>
        <source>Mute or unmute (M)</source>
        <translation>Stumm oder laut (M)</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Full screen, and back (F)</source>
        <translation>Vollbild und zurück (F)</translation>
    </message>
    <message>
        <source>Speed (&lt; and &gt;)</source>
        <translation>Tempo (&lt; und &gt;)</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
</context>
<context>
    <name>DestinationPanel</name>
    <message>
        <source>This computer</source>
        <translation>Dieser Rechner</translation>
    </message>
    <message>
        <source>A server</source>
        <translation>Ein Server</translation>
    </message>
    <message>
        <source>Deliver to</source>
        <translation>Ablegen auf</translation>
    </message>
    <message>
        <source>Its address</source>
        <translation>Seine Adresse</translation>
    </message>
    <message>
        <source>Its key</source>
        <translation>Sein Schlüssel</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Test the destination</source>
        <translation>Das Ziel prüfen</translation>
    </message>
    <message>
        <source>Asking …</source>
        <translation>Wird gefragt …</translation>
    </message>
    <message>
        <source>✓ Recordings would be taken there.</source>
        <translation>✓ Aufnahmen würden dort angenommen.</translation>
    </message>
</context>
<context>
    <name>Field</name>
    <message>
        <source>The settings file has something here that is of no use: {reason}. “{value}” counts.</source>
        <translation>In der Datei der Einstellungen steht hier etwas Unbrauchbares: {reason}. Es gilt „{value}“.</translation>
    </message>
    <message>
        <source>This was not kept: {reason}.</source>
        <translation>Das wurde nicht übernommen: {reason}.</translation>
    </message>
</context>
<context>
    <name>FirstRun</name>
    <message>
        <source>Welcome to Afterword</source>
        <translation>Willkommen bei Afterword</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Check everything</source>
        <translation>Alles prüfen</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>{step} of {steps}</source>
        <translation>{step} von {steps}</translation>
    </message>
    <message>
        <source>Ask me whether to record it</source>
        <translation>Fragen, ob sie aufgenommen werden soll</translation>
    </message>
    <message>
        <source>Record it without asking</source>
        <translation>Ohne Frage aufnehmen</translation>
    </message>
    <message>
        <source>Do nothing: I press Record myself</source>
        <translation>Nichts tun: ich drücke selbst auf Aufnehmen</translation>
    </message>
    <message>
        <source>Everything stays on this computer until you say where it shall go.</source>
        <translation>Alles bleibt auf diesem Rechner, bis Sie sagen, wohin es soll.</translation>
    </message>
    <message>
        <source>Is everything seen and heard?</source>
        <translation>Ist alles zu sehen und zu hören?</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>Ausprobieren</translation>
    </message>
    <message>
        <source>Afterword notices meetings in Zoom, Teams, Meet and others.</source>
        <translation>Afterword bemerkt Besprechungen in Zoom, Teams, Meet und anderen.</translation>
    </message>
    <message>
        <source>The others cannot see that you record. Tell them before: in many places that is the law, and everywhere it is fair. What you write here is shown when a recording begins, ready to be pasted into the chat.</source>
        <translation>Die anderen können nicht sehen, dass Sie aufnehmen. Sagen Sie es vorher: vielerorts ist das Gesetz, und überall ist es anständig. Was Sie hier schreiben, wird beim Beginn einer Aufnahme gezeigt, um es in den Chat einzufügen.</translation>
    </message>
    <message>
        <source>I record this meeting to write its minutes. Please say so if you mind.</source>
        <translation>Ich nehme diese Besprechung für das Protokoll auf. Bitte sagen Sie es, wenn Sie das nicht möchten.</translation>
    </message>
    <message>
        <source>What to tell the others</source>
        <translation>Was den anderen gesagt wird</translation>
    </message>
    <message>
        <source>The others</source>
        <translation>Die anderen</translation>
    </message>
    <message>
        <source>When a meeting begins</source>
        <translation>Wenn eine Besprechung beginnt</translation>
    </message>
    <message>
        <source>“Record now” below starts a recording whenever you like; so does a click on the icon in the tray. Stop it, and it can be played at once. All recordings are in the tray&apos;s menu, too.</source>
        <translation>„Jetzt aufnehmen“ unten beginnt eine Aufnahme, wann Sie wollen; ein Klick auf das Symbol in der Leiste ebenso. Halten Sie sie an, und sie kann sofort abgespielt werden. Alle Aufnahmen sind auch im Menü des Symbols.</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
</context>
<context>
    <name>KeyField</name>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Merken</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>A key is kept. It is not shown again.</source>
        <translation>Ein Schlüssel ist gemerkt. Er wird nicht mehr gezeigt.</translation>
    </message>
    <message>
        <source>No key is kept for this address.</source>
        <translation>Für diese Adresse ist kein Schlüssel gemerkt.</translation>
    </message>
    <message>
        <source>Kept as plain text in {path}, which only your account can read: no keyring is open here.</source>
        <translation>Als Klartext in {path}, was nur Ihr Konto lesen kann: hier ist kein Schlüsselbund offen.</translation>
    </message>
    <message>
        <source>Kept in this computer&apos;s keyring.</source>
        <translation>Im Schlüsselbund dieses Rechners gemerkt.</translation>
    </message>
</context>
<context>
    <name>LoginSwitch</name>
    <message>
        <source>Start when I log in</source>
        <translation>Beim Anmelden starten</translation>
    </message>
</context>
<context>
    <name>Notes</name>
    <message>
        <source>About this recording</source>
        <translation>Über diese Aufnahme</translation>
    </message>
    <message>
        <source>What was done</source>
        <translation>Was getan wurde</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Put all back</source>
        <translation>Alle zurücklegen</translation>
    </message>
    <message>
        <source>Delete for good …</source>
        <translation>Endgültig löschen …</translation>
    </message>
    <message>
        <source>Deleted in the last seven days: {count}, {size}.</source>
        <translation>In den letzten sieben Tagen gelöscht: {count}, {size}.</translation>
    </message>
</context>
<context>
    <name>Pill</name>
    <message>
        <source>Recording</source>
        <translation>Aufnahme</translation>
    </message>
    <message>
        <source>Your microphone</source>
        <translation>Ihr Mikrofon</translation>
    </message>
    <message>
        <source>The other side</source>
        <translation>Die Gegenseite</translation>
    </message>
</context>
<context>
    <name>PlayerScreen</name>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Loudness</source>
        <translation>Lautstärke im Verlauf</translation>
    </message>
</context>
<context>
    <name>PlayerWindow</name>
    <message>
        <source>Follow</source>
        <translation>Mitlaufen</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Hinweise</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Aufnahme</translation>
    </message>
    <message>
        <source>Keep in sight what is being said</source>
        <translation>Im Blick behalten, was gesagt wird</translation>
    </message>
    <message>
        <source>There is no transcript. Choose an engine in the settings, and new recordings get one.</source>
        <translation>Es gibt keine Mitschrift. Wählen Sie in den Einstellungen, wer sie macht, und neue Aufnahmen bekommen eine.</translation>
    </message>
    <message>
        <source>Sound and picture are not on this machine any more: another one holds them.</source>
        <translation>Ton und Bild sind nicht mehr auf diesem Rechner: ein anderer hat sie.</translation>
    </message>
    <message>
        <source>There is nothing to play: neither sound nor picture was recorded.</source>
        <translation>Es gibt nichts abzuspielen: weder Ton noch Bild wurde aufgenommen.</translation>
    </message>
    <message>
        <source>This machine has no loudspeaker: it plays without sound.</source>
        <translation>Dieser Rechner hat keinen Lautsprecher: es läuft ohne Ton.</translation>
    </message>
    <message>
        <source>It cannot be played: {reason}. Its files are as they were.</source>
        <translation>Es kann nicht abgespielt werden: {reason}. Die Dateien sind, wie sie waren.</translation>
    </message>
</context>
<context>
    <name>QuitQuestion</name>
    <message>
        <source>A recording is running.</source>
        <translation>Eine Aufnahme läuft.</translation>
    </message>
    <message>
        <source>It is stopped and saved before Afterword quits.</source>
        <translation>Sie wird angehalten und gesichert, bevor Afterword endet.</translation>
    </message>
    <message>
        <source>Stop and quit</source>
        <translation>Anhalten und beenden</translation>
    </message>
    <message>
        <source>Go on recording</source>
        <translation>Weiter aufnehmen</translation>
    </message>
</context>
<context>
    <name>RecordBar</name>
    <message>
        <source>● Record now</source>
        <translation>● Jetzt aufnehmen</translation>
    </message>
    <message>
        <source>■ Stop</source>
        <translation>■ Stopp</translation>
    </message>
    <message>
        <source>▶ Play it</source>
        <translation>▶ Abspielen</translation>
    </message>
    <message>
        <source>All recordings</source>
        <translation>Alle Aufnahmen</translation>
    </message>
</context>
<context>
    <name>RecordingsWindow</name>
    <message>
        <source>Record now</source>
        <translation>Jetzt aufnehmen</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>Aufnahmen</translation>
    </message>
    <message>
        <source>Search titles, people and what was said</source>
        <translation>Titel, Personen und Gesagtes durchsuchen</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Nothing has been recorded yet.
Record now, or let Afterword offer the meetings that begin here.</source>
        <translation>Noch ist nichts aufgenommen.
Nehmen Sie jetzt auf, oder lassen Sie sich die Besprechungen anbieten, die hier beginnen.</translation>
    </message>
    <message>
        <source>Nothing was found.</source>
        <translation>Nichts gefunden.</translation>
    </message>
    <message>
        <source>Delete them for good?</source>
        <translation>Endgültig löschen?</translation>
    </message>
    <message>
        <source>What other servers hold of them stays there.</source>
        <translation>Was andere Server davon haben, bleibt dort.</translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation>Endgültig löschen</translation>
    </message>
</context>
<context>
    <name>RehearsalPanel</name>
    <message>
        <source>Your microphone</source>
        <translation>Ihr Mikrofon</translation>
    </message>
    <message>
        <source>The other side</source>
        <translation>Die Gegenseite</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>Recorded until now</source>
        <translation>Bis jetzt aufgenommen</translation>
    </message>
    <message>
        <source>Say a few words, and play something if you like. It is kept nowhere.</source>
        <translation>Sagen Sie ein paar Worte, und spielen Sie etwas ab, wenn Sie mögen. Es wird nirgends aufgehoben.</translation>
    </message>
    <message>
        <source>Starting …</source>
        <translation>Beginnt …</translation>
    </message>
    <message>
        <source>Recording. Say something …</source>
        <translation>Aufnahme läuft. Sagen Sie etwas …</translation>
    </message>
    <message>
        <source>Go back a step and choose another source.</source>
        <translation>Gehen Sie einen Schritt zurück und wählen Sie eine andere Quelle.</translation>
    </message>
    <message>
        <source>Nothing playable came of it. “Check everything” tells why.</source>
        <translation>Es wurde nichts Abspielbares daraus. „Alles prüfen“ sagt, warum.</translation>
    </message>
    <message>
        <source>✓ Recorded. This is what it looks and sounds like.</source>
        <translation>✓ Aufgenommen. So sieht und hört es sich an.</translation>
    </message>
    <message>
        <source>Record {seconds} seconds</source>
        <translation>{seconds} Sekunden aufnehmen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
</context>
<context>
    <name>ReportWindow</name>
    <message>
        <source>Afterword has had a fault</source>
        <translation>Afterword hatte einen Fehler</translation>
    </message>
    <message>
        <source>Something in Afterword went wrong. A recording that runs is not affected. This report names no meetings and no people, and is sent to nobody; you can attach it when you report the fault.</source>
        <translation>In Afterword ging etwas schief. Eine laufende Aufnahme ist nicht betroffen. Dieser Bericht nennt keine Besprechungen und keine Personen und wird niemandem geschickt; Sie können ihn anhängen, wenn Sie den Fehler melden.</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Save …</source>
        <translation>Sichern …</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>Den Bericht sichern</translation>
    </message>
</context>
<context>
    <name>RowDelegate</name>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
</context>
<context>
    <name>RowTasks</name>
    <message>
        <source>Every file is being read …</source>
        <translation>Jede Datei wird gelesen …</translation>
    </message>
    <message>
        <source>It is being copied …</source>
        <translation>Wird kopiert …</translation>
    </message>
    <message>
        <source>The address of its page was copied.</source>
        <translation>Die Adresse der Seite wurde kopiert.</translation>
    </message>
    <message>
        <source>It has no page at a server: the address of its folder was copied.</source>
        <translation>Sie hat keine Seite auf einem Server: die Adresse des Ordners wurde kopiert.</translation>
    </message>
    <message>
        <source>{title} was deleted.</source>
        <translation>{title} wurde gelöscht.</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>The screen cannot be recorded: {reason}.</source>
        <translation>Der Bildschirm kann nicht aufgenommen werden: {reason}.</translation>
    </message>
    <message>
        <source>Run this inside a graphical X11 session (DISPLAY must name it), or record sound alone with --no-video.</source>
        <translation>Starten Sie das Programm in einer grafischen X11-Sitzung (DISPLAY muss sie nennen), oder nehmen Sie nur den Ton auf: --no-video.</translation>
    </message>
    <message>
        <source>No sound can be recorded: {reason}.</source>
        <translation>Es kann kein Ton aufgenommen werden: {reason}.</translation>
    </message>
    <message>
        <source>On Linux, start PulseAudio or PipeWire and log in again; or record without sound: --no-microphone --no-system-audio.</source>
        <translation>Starten Sie unter Linux PulseAudio oder PipeWire und melden Sie sich neu an; oder nehmen Sie ohne Ton auf: --no-microphone --no-system-audio.</translation>
    </message>
    <message>
        <source>There is no screen {device}; there is: {known}.</source>
        <translation>Es gibt keinen Bildschirm {device}; es gibt: {known}.</translation>
    </message>
    <message>
        <source>`afterword devices` lists the screens; --screen all records every one of them.</source>
        <translation>`afterword devices` nennt die Bildschirme; --screen all nimmt alle auf.</translation>
    </message>
    <message>
        <source>The region {device} does not lie on the desktop, which has {known} pixels.</source>
        <translation>Der Bereich {device} liegt nicht auf dem Desktop, der {known} Pixel hat.</translation>
    </message>
    <message>
        <source>Give --region as X,Y,WIDTH,HEIGHT in pixels, at least 16 by 16.</source>
        <translation>Geben Sie --region als X,Y,BREITE,HÖHE in Pixeln an, mindestens 16 mal 16.</translation>
    </message>
    <message>
        <source>There is no window {device}.</source>
        <translation>Es gibt kein Fenster {device}.</translation>
    </message>
    <message>
        <source>`afterword devices` lists the windows that are open.</source>
        <translation>`afterword devices` nennt die offenen Fenster.</translation>
    </message>
    <message>
        <source>The window cannot be recorded: {reason}.</source>
        <translation>Das Fenster kann nicht aufgenommen werden: {reason}.</translation>
    </message>
    <message>
        <source>`afterword devices` lists the windows that are open; --screen records all that is seen.</source>
        <translation>`afterword devices` nennt die offenen Fenster; --screen nimmt alles auf, was zu sehen ist.</translation>
    </message>
    <message>
        <source>A part of Afterword is missing: {reason}.</source>
        <translation>Ein Teil von Afterword fehlt: {reason}.</translation>
    </message>
    <message>
        <source>pip install &apos;afterword[{extra}]&apos; adds it.</source>
        <translation>pip install &apos;afterword[{extra}]&apos; fügt ihn hinzu.</translation>
    </message>
    <message>
        <source>What this machine plays cannot be recorded: {reason}.</source>
        <translation>Was dieser Rechner abspielt, kann nicht aufgenommen werden: {reason}.</translation>
    </message>
    <message>
        <source>pip install &apos;afterword[{extra}]&apos; adds it; or record without the other side: --no-system-audio.</source>
        <translation>pip install &apos;afterword[{extra}]&apos; fügt es hinzu; oder nehmen Sie ohne die andere Seite auf: --no-system-audio.</translation>
    </message>
    <message>
        <source>The system does not let Afterword hear what it plays: {reason}.</source>
        <translation>Das System lässt Afterword nicht hören, was es abspielt: {reason}.</translation>
    </message>
    <message>
        <source>Allow it in the privacy settings, on macOS under Screen &amp; System Audio Recording, and start Afterword again.</source>
        <translation>Erlauben Sie es in den Datenschutzeinstellungen, bei macOS unter „Bildschirm- &amp; Systemaudioaufnahme“, und starten Sie Afterword neu.</translation>
    </message>
    <message>
        <source>Screens and windows are not listed here: {reason}.</source>
        <translation>Bildschirme und Fenster werden hier nicht genannt: {reason}.</translation>
    </message>
    <message>
        <source>Record without --screen; it asks the first time, and remembers the answer.</source>
        <translation>Nehmen Sie ohne --screen auf; beim ersten Mal wird gefragt und die Antwort gemerkt.</translation>
    </message>
    <message>
        <source>Programs do not tell here what windows they have: {reason}.</source>
        <translation>Programme sagen hier nicht, welche Fenster sie haben: {reason}.</translation>
    </message>
    <message>
        <source>Switch the desktop&apos;s accessibility on; without it a meeting is known by its microphone alone.</source>
        <translation>Schalten Sie die Barrierefreiheit des Desktops ein; ohne sie ist eine Besprechung nur an ihrem Mikrofon zu erkennen.</translation>
    </message>
    <message>
        <source>No window can be left out here: {reason}.</source>
        <translation>Hier kann kein Fenster ausgelassen werden: {reason}.</translation>
    </message>
    <message>
        <source>Record a single one with --window, or leave --exclude-window away and close that window.</source>
        <translation>Nehmen Sie mit --window ein einzelnes auf, oder lassen Sie --exclude-window weg und schließen Sie jenes Fenster.</translation>
    </message>
    <message>
        <source>There is no sound device called {device}.</source>
        <translation>Es gibt kein Tongerät namens {device}.</translation>
    </message>
    <message>
        <source>`afterword devices` lists what there is. Plug it in, or choose another one or `default`.</source>
        <translation>`afterword devices` nennt, was es gibt. Schließen Sie es an, oder wählen Sie ein anderes oder `default`.</translation>
    </message>
    <message>
        <source>There is no microphone {device}.</source>
        <translation>Es gibt kein Mikrofon {device}.</translation>
    </message>
    <message>
        <source>Plug it in, or take another: --microphone ID for once, `afterword config set microphone ID` from now on; as ID, `default` is the one that the system prefers. There is: {known}.</source>
        <translation>Schließen Sie es an, oder nehmen Sie ein anderes: --microphone ID für dieses Mal, `afterword config set microphone ID` von nun an; `default` als ID ist das, welches das System bevorzugt. Es gibt: {known}.</translation>
    </message>
    <message>
        <source>There is no {device} to listen to for what this machine plays.</source>
        <translation>{device} ist nicht da, um zu hören, was dieser Rechner abspielt.</translation>
    </message>
    <message>
        <source>Plug it in, or take another: --system-audio ID for once, `afterword config set system_audio ID` from now on; as ID, `default` is the one that the system prefers. There is: {known}.</source>
        <translation>Schließen Sie es an, oder nehmen Sie ein anderes: --system-audio ID für dieses Mal, `afterword config set system_audio ID` von nun an; `default` als ID ist das, welches das System bevorzugt. Es gibt: {known}.</translation>
    </message>
    <message>
        <source>The window that was recorded has been closed.</source>
        <translation>Das Fenster, das aufgenommen wurde, ist geschlossen worden.</translation>
    </message>
    <message>
        <source>What was recorded until then is kept; `afterword devices` lists the windows that are open.</source>
        <translation>Was bis dahin aufgenommen wurde, bleibt; `afterword devices` nennt die offenen Fenster.</translation>
    </message>
    <message>
        <source>The system does not allow it: {reason}.</source>
        <translation>Das System erlaubt es nicht: {reason}.</translation>
    </message>
    <message>
        <source>Allow Afterword to record the screen and the microphone in the system&apos;s privacy settings.</source>
        <translation>Erlauben Sie Afterword in den Datenschutzeinstellungen des Systems, Bildschirm und Mikrofon aufzunehmen.</translation>
    </message>
    <message>
        <source>Encoding failed: {reason}.</source>
        <translation>Das Kodieren ist fehlgeschlagen: {reason}.</translation>
    </message>
    <message>
        <source>Try --profile balanced; what was recorded until then is kept.</source>
        <translation>Versuchen Sie --profile balanced; was bis dahin aufgenommen wurde, bleibt.</translation>
    </message>
    <message>
        <source>Who speaks is told by loudness alone, which takes music for speech: the speech model cannot be used.</source>
        <translation>Wer spricht, wird nur an der Lautstärke erkannt, die Musik für Sprache hält: Das Sprachmodell ist nicht zu gebrauchen.</translation>
    </message>
    <message>
        <source>Install Afterword again: its file resources/silero_vad.npz is missing or damaged. All sound is recorded.</source>
        <translation>Installieren Sie Afterword neu: Seine Datei resources/silero_vad.npz fehlt oder ist beschädigt. Aller Ton wird aufgenommen.</translation>
    </message>
    <message>
        <source>Nothing has come from the {source} for 10 seconds.</source>
        <translation>Von {source} ist seit 10 Sekunden nichts gekommen.</translation>
    </message>
    <message>
        <source>Nothing has come from the microphone for 10 seconds; your side is missing from the recording.</source>
        <translation>Vom Mikrofon ist seit 10 Sekunden nichts gekommen; Ihre Seite fehlt in der Aufnahme.</translation>
    </message>
    <message>
        <source>Nothing has come from the system for 10 seconds; the other side is missing from the recording.</source>
        <translation>Vom System ist seit 10 Sekunden nichts gekommen; die andere Seite fehlt in der Aufnahme.</translation>
    </message>
    <message>
        <source>The microphone has delivered nothing but zeros for 10 seconds.</source>
        <translation>Vom Mikrofon kommen seit 10 Sekunden nur Nullen.</translation>
    </message>
    <message>
        <source>Is it muted, by a switch of its own or in the sound settings? If not, choose another with --microphone.</source>
        <translation>Ist es stumm, durch einen eigenen Schalter oder in den Toneinstellungen? Wenn nicht, wählen Sie mit --microphone ein anderes.</translation>
    </message>
    <message>
        <source>A program has been playing for 10 seconds, but only silence arrives from the system.</source>
        <translation>Ein Programm spielt seit 10 Sekunden, aber vom System kommt nur Stille.</translation>
    </message>
    <message>
        <source>If you hear the others, their program plays to another device: `afterword devices`, then --system-audio. A muted loudspeaker is recorded as silence too, and so is, on macOS, all that Afterword may not hear.</source>
        <translation>Wenn Sie die anderen hören, spielt deren Programm auf einem anderen Gerät: `afterword devices`, dann --system-audio. Auch ein stummer Lautsprecher wird als Stille aufgenommen, und bei macOS alles, was Afterword nicht hören darf.</translation>
    </message>
    <message>
        <source>The list of meeting programs in {path} cannot be used: {reason}.</source>
        <translation>Die Liste der Besprechungsprogramme in {path} ist nicht zu gebrauchen: {reason}.</translation>
    </message>
    <message>
        <source>Mend or remove it; until then only the built-in list is known.</source>
        <translation>Berichtigen oder entfernen Sie sie; bis dahin ist nur die eingebaute Liste bekannt.</translation>
    </message>
    <message>
        <source>Meetings cannot be detected on this system.</source>
        <translation>Besprechungen können auf diesem System nicht erkannt werden.</translation>
    </message>
    <message>
        <source>Start the recording by hand: `afterword record`.</source>
        <translation>Beginnen Sie die Aufnahme von Hand: `afterword record`.</translation>
    </message>
    <message>
        <source>`{key}` in {path} is of no use: {reason}.</source>
        <translation>`{key}` in {path} ist nicht zu gebrauchen: {reason}.</translation>
    </message>
    <message>
        <source>Until it is corrected, {default} is taken; `afterword config set {key} VALUE` does that.</source>
        <translation>Bis es berichtigt ist, gilt {default}; `afterword config set {key} WERT` tut das.</translation>
    </message>
    <message>
        <source>This cannot be `{key}`: {reason}.</source>
        <translation>Das kann `{key}` nicht sein: {reason}.</translation>
    </message>
    <message>
        <source>`afterword config get` shows what is set.</source>
        <translation>`afterword config get` zeigt, was eingestellt ist.</translation>
    </message>
    <message>
        <source>Another program of ours is moving recordings just now.</source>
        <translation>Ein anderes unserer Programme verschiebt gerade Aufnahmen.</translation>
    </message>
    <message>
        <source>Wait until it is done; nothing is lost meanwhile.</source>
        <translation>Warten Sie, bis es fertig ist; es geht dabei nichts verloren.</translation>
    </message>
    <message>
        <source>{path} holds what this version does not know: {keys}.</source>
        <translation>{path} enthält, was diese Version nicht kennt: {keys}.</translation>
    </message>
    <message>
        <source>What it knows is: {known}.</source>
        <translation>Was sie kennt, ist: {known}.</translation>
    </message>
    <message>
        <source>The settings in {path} cannot be read: {reason}.</source>
        <translation>Die Einstellungen in {path} können nicht gelesen werden: {reason}.</translation>
    </message>
    <message>
        <source>Correct or remove the file; until then the defaults are taken.</source>
        <translation>Berichtigen oder entfernen Sie die Datei; bis dahin gelten die Vorgaben.</translation>
    </message>
    <message>
        <source>Nothing was changed, for {path} is not in order: {reason}.</source>
        <translation>Nichts wurde geändert, denn {path} ist nicht in Ordnung: {reason}.</translation>
    </message>
    <message>
        <source>Correct or remove the file, then try again.</source>
        <translation>Berichtigen oder entfernen Sie die Datei und versuchen Sie es dann noch einmal.</translation>
    </message>
    <message>
        <source>{reason}</source>
        <translation>{reason}</translation>
    </message>
    <message>
        <source>`afterword --help` tells what there is.</source>
        <translation>`afterword --help` sagt, was es gibt.</translation>
    </message>
    <message>
        <source>The disk is full: {reason}.</source>
        <translation>Der Datenträger ist voll: {reason}.</translation>
    </message>
    <message>
        <source>Free some room in {folder}, or put recordings elsewhere: `afterword config set recordings FOLDER`.</source>
        <translation>Schaffen Sie Platz in {folder}, oder legen Sie Aufnahmen woanders ab: `afterword config set recordings ORDNER`.</translation>
    </message>
    <message>
        <source>Recordings cannot be written to {folder}: {reason}.</source>
        <translation>Aufnahmen können nicht nach {folder} geschrieben werden: {reason}.</translation>
    </message>
    <message>
        <source>Make the folder writable, or put recordings elsewhere: `afterword config set recordings FOLDER`.</source>
        <translation>Machen Sie den Ordner beschreibbar, oder legen Sie Aufnahmen woanders ab: `afterword config set recordings ORDNER`.</translation>
    </message>
    <message>
        <source>Writing failed: {reason}.</source>
        <translation>Das Schreiben ist fehlgeschlagen: {reason}.</translation>
    </message>
    <message>
        <source>Check the disk that holds {folder}.</source>
        <translation>Prüfen Sie den Datenträger, auf dem {folder} liegt.</translation>
    </message>
    <message>
        <source>This cannot be recorded: {reason}.</source>
        <translation>Das kann nicht aufgenommen werden: {reason}.</translation>
    </message>
    <message>
        <source>`afterword record --help`.</source>
        <translation>`afterword record --help`.</translation>
    </message>
    <message>
        <source>The recorder stopped unexpectedly.</source>
        <translation>Der Rekorder ist unerwartet stehen geblieben.</translation>
    </message>
    <message>
        <source>What was recorded until then was saved and is listed by `afterword recordings`; the log is {log}.</source>
        <translation>Was bis dahin aufgenommen wurde, ist gespeichert und in `afterword recordings` zu finden; das Protokoll ist {log}.</translation>
    </message>
    <message>
        <source>The recorder stopped unexpectedly, and nothing that it recorded can be played.</source>
        <translation>Der Rekorder ist unerwartet stehen geblieben, und nichts von dem, was er aufnahm, kann abgespielt werden.</translation>
    </message>
    <message>
        <source>What there is lies in {folder}; the log is {log}.</source>
        <translation>Was es gibt, liegt in {folder}; das Protokoll ist {log}.</translation>
    </message>
    <message>
        <source>The recorder did not answer any more, and was ended.</source>
        <translation>Der Rekorder antwortete nicht mehr und wurde beendet.</translation>
    </message>
    <message>
        <source>What it recorded is on the disk, and is saved when Afterword is started again.</source>
        <translation>Was er aufgenommen hat, liegt auf dem Datenträger und wird gesichert, wenn Afterword wieder gestartet wird.</translation>
    </message>
    <message>
        <source>The recorder could not be started: {reason}.</source>
        <translation>Der Rekorder konnte nicht gestartet werden: {reason}.</translation>
    </message>
    <message>
        <source>The log is {log}.</source>
        <translation>Das Protokoll ist {log}.</translation>
    </message>
    <message>
        <source>There is no recording {id}.</source>
        <translation>Es gibt keine Aufnahme {id}.</translation>
    </message>
    <message>
        <source>`afterword recordings` lists them.</source>
        <translation>`afterword recordings` nennt sie.</translation>
    </message>
    <message>
        <source>Recording {id} is still running.</source>
        <translation>Die Aufnahme {id} läuft noch.</translation>
    </message>
    <message>
        <source>Stop it first.</source>
        <translation>Beenden Sie sie zuerst.</translation>
    </message>
    <message>
        <source>The recording&apos;s manifest cannot be read: {path}.</source>
        <translation>Das Verzeichnis der Aufnahme kann nicht gelesen werden: {path}.</translation>
    </message>
    <message>
        <source>Its media files are untouched beside it.</source>
        <translation>Ihre Mediendateien liegen unberührt daneben.</translation>
    </message>
    <message>
        <source>The recording&apos;s manifest does not say what a delivery needs: {reason}.</source>
        <translation>Das Verzeichnis der Aufnahme sagt nicht, was zum Ablegen nötig ist: {reason}.</translation>
    </message>
    <message>
        <source>Its media files are untouched beside it; `afterword verify` tells which are whole.</source>
        <translation>Ihre Mediendateien liegen unberührt daneben; `afterword verify` sagt, welche ganz sind.</translation>
    </message>
    <message>
        <source>The recording was made by a newer Afterword: {path}.</source>
        <translation>Die Aufnahme stammt von einem neueren Afterword: {path}.</translation>
    </message>
    <message>
        <source>Update Afterword to work with it.</source>
        <translation>Aktualisieren Sie Afterword, um damit zu arbeiten.</translation>
    </message>
    <message>
        <source>{path} was changed: {recorded} bytes were recorded, {found} are there.</source>
        <translation>{path} wurde geändert: {recorded} Bytes wurden aufgenommen, {found} sind da.</translation>
    </message>
    <message>
        <source>What a backend was delivered before is still as it was recorded; `afterword show ID` tells where.</source>
        <translation>Was vorher abgelegt wurde, ist noch, wie es aufgenommen wurde; `afterword show ID` sagt, wo.</translation>
    </message>
    <message>
        <source>{path} is missing.</source>
        <translation>{path} fehlt.</translation>
    </message>
    <message>
        <source>Put it back, or take it from the backend that it was delivered to.</source>
        <translation>Legen Sie die Datei zurück, oder holen Sie sie von dort, wo sie abgelegt wurde.</translation>
    </message>
    <message>
        <source>{path} cannot be read: {reason}.</source>
        <translation>{path} kann nicht gelesen werden: {reason}.</translation>
    </message>
    <message>
        <source>Check the disk and the rights of the file.</source>
        <translation>Prüfen Sie den Datenträger und die Rechte der Datei.</translation>
    </message>
    <message>
        <source>There is no file {path}.</source>
        <translation>Es gibt keine Datei {path}.</translation>
    </message>
    <message>
        <source>Check its name.</source>
        <translation>Prüfen Sie ihren Namen.</translation>
    </message>
    <message>
        <source>{path} cannot be mended: {reason}.</source>
        <translation>{path} kann nicht repariert werden: {reason}.</translation>
    </message>
    <message>
        <source>It is left as it was. If it is a copy, the one that it was copied from may be whole.</source>
        <translation>Die Datei bleibt, wie sie war. Ist sie eine Kopie, so kann das Original ganz sein.</translation>
    </message>
    <message>
        <source>{path} has no index, and no fragments from which one could be made.</source>
        <translation>{path} hat keinen Index und keine Fragmente, aus denen einer gemacht werden könnte.</translation>
    </message>
    <message>
        <source>Its recorder kept the index until the end. A tool that borrows the index of another recording of the same device may help; the file is left as it was.</source>
        <translation>Ihr Rekorder behielt den Index bis zum Ende. Ein Werkzeug, das den Index einer anderen Aufnahme desselben Geräts leiht, kann helfen; die Datei bleibt, wie sie war.</translation>
    </message>
    <message>
        <source>{path} is there already, and is left as it is.</source>
        <translation>{path} ist schon da und bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>Choose another name with -o.</source>
        <translation>Wählen Sie mit -o einen anderen Namen.</translation>
    </message>
    <message>
        <source>The recording in {folder} could not be recovered: {reason}.</source>
        <translation>Die Aufnahme in {folder} konnte nicht wiederhergestellt werden: {reason}.</translation>
    </message>
    <message>
        <source>Its files are untouched. `python -m capture recover {folder}` says more.</source>
        <translation>Ihre Dateien sind unberührt. `python -m capture recover {folder}` sagt mehr.</translation>
    </message>
    <message>
        <source>Not every file is as it was recorded.</source>
        <translation>Nicht jede Datei ist, wie sie aufgenommen wurde.</translation>
    </message>
    <message>
        <source>Each of them is named above.</source>
        <translation>Jede von ihnen ist oben genannt.</translation>
    </message>
    <message>
        <source>The list of deliveries cannot be kept: {reason}.</source>
        <translation>Die Liste dessen, was abzulegen ist, kann nicht geführt werden: {reason}.</translation>
    </message>
    <message>
        <source>Check the disk and its rights.</source>
        <translation>Prüfen Sie den Datenträger und seine Rechte.</translation>
    </message>
    <message>
        <source>The destination does not accept the API key.</source>
        <translation>Das Ziel nimmt den API-Schlüssel nicht an.</translation>
    </message>
    <message>
        <source>Give a key of that backend to `afterword key URL`, or in AFTERWORD_API_KEY, then `afterword deliver`. The recording is safe here.</source>
        <translation>Geben Sie `afterword key URL` einen Schlüssel dieser Ablage, oder in AFTERWORD_API_KEY, dann `afterword deliver`. Die Aufnahme ist hier sicher.</translation>
    </message>
    <message>
        <source>There is no API key for {destination}.</source>
        <translation>Für {destination} gibt es keinen API-Schlüssel.</translation>
    </message>
    <message>
        <source>No key was given.</source>
        <translation>Es wurde kein Schlüssel angegeben.</translation>
    </message>
    <message>
        <source>Type it when it is asked for, or send it to standard input.</source>
        <translation>Tippen Sie ihn ein, wenn danach gefragt wird, oder senden Sie ihn an die Standardeingabe.</translation>
    </message>
    <message>
        <source>The file of API keys cannot be read: {path}.</source>
        <translation>Die Datei der API-Schlüssel kann nicht gelesen werden: {path}.</translation>
    </message>
    <message>
        <source>Mend or remove it, or set AFTERWORD_API_KEY. The recording is safe here.</source>
        <translation>Berichtigen oder entfernen Sie sie, oder setzen Sie AFTERWORD_API_KEY. Die Aufnahme ist hier sicher.</translation>
    </message>
    <message>
        <source>The destination cannot be reached.</source>
        <translation>Das Ziel ist nicht zu erreichen.</translation>
    </message>
    <message>
        <source>The recording is safe on this machine; `afterword deliver` sends it when the network is back.</source>
        <translation>Die Aufnahme ist auf diesem Rechner sicher; `afterword deliver` sendet sie, wenn das Netz wieder da ist.</translation>
    </message>
    <message>
        <source>The delivery was stopped.</source>
        <translation>Das Ablegen wurde angehalten.</translation>
    </message>
    <message>
        <source>`afterword deliver` goes on where it was. The recording is safe here.</source>
        <translation>`afterword deliver` macht weiter, wo es war. Die Aufnahme ist hier sicher.</translation>
    </message>
    <message>
        <source>What {destination} holds is not what was recorded.</source>
        <translation>Was {destination} hat, ist nicht, was aufgenommen wurde.</translation>
    </message>
    <message>
        <source>`afterword deliver ID` sends it again.</source>
        <translation>`afterword deliver ID` sendet es noch einmal.</translation>
    </message>
    <message>
        <source>{destination} does not hold the whole recording any more.</source>
        <translation>{destination} hat nicht mehr die ganze Aufnahme.</translation>
    </message>
    <message>
        <source>`afterword deliver ID` sends it again, unless it was deleted there.</source>
        <translation>`afterword deliver ID` sendet sie noch einmal, wenn sie dort nicht gelöscht wurde.</translation>
    </message>
    <message>
        <source>Another program is sending it just now.</source>
        <translation>Ein anderes Programm sendet sie gerade.</translation>
    </message>
    <message>
        <source>`afterword show ID` tells how far it has come.</source>
        <translation>`afterword show ID` sagt, wie weit es ist.</translation>
    </message>
    <message>
        <source>The recording is still being made.</source>
        <translation>Die Aufnahme läuft noch.</translation>
    </message>
    <message>
        <source>It is delivered when it has ended.</source>
        <translation>Sie wird abgelegt, wenn sie zu Ende ist.</translation>
    </message>
    <message>
        <source>Sound and picture of the recording are not on this machine any more.</source>
        <translation>Ton und Bild der Aufnahme sind nicht mehr auf diesem Rechner.</translation>
    </message>
    <message>
        <source>`afterword show ID` tells where they were delivered to.</source>
        <translation>`afterword show ID` sagt, wo sie abgelegt wurden.</translation>
    </message>
    <message>
        <source>Deliveries are paused.</source>
        <translation>Das Ablegen ruht.</translation>
    </message>
    <message>
        <source>`afterword deliver --resume` lets them go on. The recording is safe here.</source>
        <translation>`afterword deliver --resume` lässt es weitergehen. Die Aufnahme ist hier sicher.</translation>
    </message>
    <message>
        <source>It waits for a network that does not cost by the amount.</source>
        <translation>Es wird auf ein Netz gewartet, das nicht nach Menge kostet.</translation>
    </message>
    <message>
        <source>`afterword deliver --now` sends all the same; `afterword config set metered_network send` always.</source>
        <translation>`afterword deliver --now` sendet trotzdem; `afterword config set metered_network send` immer.</translation>
    </message>
    <message>
        <source>It waits until the machine is plugged in.</source>
        <translation>Es wird gewartet, bis der Rechner am Strom hängt.</translation>
    </message>
    <message>
        <source>`afterword deliver --now` sends all the same; `afterword config set battery send` always.</source>
        <translation>`afterword deliver --now` sendet trotzdem; `afterword config set battery send` immer.</translation>
    </message>
    <message>
        <source>It waits for its time of day.</source>
        <translation>Es wird auf die Tageszeit dafür gewartet.</translation>
    </message>
    <message>
        <source>`afterword deliver --now` sends all the same; `afterword config get delivery_hours` tells when it goes.</source>
        <translation>`afterword deliver --now` sendet trotzdem; `afterword config get delivery_hours` sagt, wann gesendet wird.</translation>
    </message>
    <message>
        <source>This network wants somebody to log in before it lets anything through.</source>
        <translation>In diesem Netz muss man sich anmelden, bevor es etwas durchlässt.</translation>
    </message>
    <message>
        <source>Open a web page in a browser and log in. The recording is safe here and is sent after that.</source>
        <translation>Öffnen Sie eine Webseite im Browser und melden Sie sich an. Die Aufnahme ist hier sicher und wird danach gesendet.</translation>
    </message>
    <message>
        <source>The destination&apos;s certificate is not trusted: {reason}.</source>
        <translation>Dem Zertifikat des Ziels wird nicht vertraut: {reason}.</translation>
    </message>
    <message>
        <source>Check this machine&apos;s date and time. A server with a certificate authority of its own needs --ca-file.</source>
        <translation>Prüfen Sie Datum und Uhrzeit dieses Rechners. Ein Server mit eigener Zertifizierungsstelle braucht --ca-file.</translation>
    </message>
    <message>
        <source>The proxy does not let us through: {reason}.</source>
        <translation>Der Proxy lässt uns nicht durch: {reason}.</translation>
    </message>
    <message>
        <source>Check HTTPS_PROXY and the proxy&apos;s own user and password. The recording is safe here.</source>
        <translation>Prüfen Sie HTTPS_PROXY und Namen und Passwort für den Proxy. Die Aufnahme ist hier sicher.</translation>
    </message>
    <message>
        <source>The destination does not take this recording (HTTP {status}).</source>
        <translation>Das Ziel nimmt diese Aufnahme nicht an (HTTP {status}).</translation>
    </message>
    <message>
        <source>Check its address with `afterword deliver --destination URL`. The recording is safe here.</source>
        <translation>Prüfen Sie seine Adresse mit `afterword deliver --destination URL`. Die Aufnahme ist hier sicher.</translation>
    </message>
    <message>
        <source>The recording was deleted at the destination, which does not take it again.</source>
        <translation>Die Aufnahme wurde am Ziel gelöscht, das sie nicht noch einmal annimmt.</translation>
    </message>
    <message>
        <source>It is still whole on this machine: `afterword deliver ID --destination URL` sends it elsewhere.</source>
        <translation>Auf diesem Rechner ist sie noch ganz: `afterword deliver ID --destination URL` sendet sie woandershin.</translation>
    </message>
    <message>
        <source>The destination holds a recording of somebody else under the same id.</source>
        <translation>Das Ziel hat unter derselben ID eine Aufnahme von jemand anderem.</translation>
    </message>
    <message>
        <source>Use the key it was delivered with before, in AFTERWORD_API_KEY.</source>
        <translation>Nehmen Sie den Schlüssel, mit dem sie vorher abgelegt wurde, in AFTERWORD_API_KEY.</translation>
    </message>
    <message>
        <source>The upload that was prepared at the destination is not there any more.</source>
        <translation>Der Upload, der am Ziel vorbereitet war, ist nicht mehr da.</translation>
    </message>
    <message>
        <source>Ask whoever prepared it for another address. The recording is safe here.</source>
        <translation>Bitten Sie um eine andere Adresse, wer ihn vorbereitet hat. Die Aufnahme ist hier sicher.</translation>
    </message>
    <message>
        <source>A file of the recording is larger than the destination takes.</source>
        <translation>Eine Datei der Aufnahme ist größer, als das Ziel annimmt.</translation>
    </message>
    <message>
        <source>Ask whoever runs it for a higher limit, or deliver elsewhere with --destination. The recording is safe here.</source>
        <translation>Bitten Sie, wer es betreibt, um eine höhere Grenze, oder legen Sie sie mit --destination woanders ab. Die Aufnahme ist hier sicher.</translation>
    </message>
    <message>
        <source>The destination has trouble of its own.</source>
        <translation>Das Ziel hat selbst Schwierigkeiten.</translation>
    </message>
    <message>
        <source>The recording is safe on this machine; try `afterword deliver` later.</source>
        <translation>Die Aufnahme ist auf diesem Rechner sicher; versuchen Sie später `afterword deliver`.</translation>
    </message>
    <message>
        <source>What answers there is no recordings backend (HTTP {status}).</source>
        <translation>Was dort antwortet, ist keine Ablage für Aufnahmen (HTTP {status}).</translation>
    </message>
    <message>
        <source>Check its address. It is tried again anyway.</source>
        <translation>Prüfen Sie seine Adresse. Es wird trotzdem wieder versucht.</translation>
    </message>
    <message>
        <source>The destination has no room left.</source>
        <translation>Das Ziel hat keinen Platz mehr.</translation>
    </message>
    <message>
        <source>Free some there, then `afterword deliver`. The recording is safe here.</source>
        <translation>Schaffen Sie dort welchen, dann `afterword deliver`. Die Aufnahme ist hier sicher.</translation>
    </message>
    <message>
        <source>{reason} is no address to deliver to.</source>
        <translation>{reason} ist keine Adresse, an der abgelegt werden kann.</translation>
    </message>
    <message>
        <source>Give a URL that begins with http:// or https://.</source>
        <translation>Geben Sie eine URL an, die mit http:// oder https:// beginnt.</translation>
    </message>
    <message>
        <source>Live events cannot go where --realtime says: {reason}.</source>
        <translation>Liveereignisse können nicht dorthin gehen, wo --realtime sagt: {reason}.</translation>
    </message>
    <message>
        <source>Give a webhook (https://…) or a websocket (wss://…), and events as --realtime-events lists them.</source>
        <translation>Geben Sie einen Webhook (https://…) oder einen Websocket (wss://…) an, und Ereignisse, wie --realtime-events sie nennt.</translation>
    </message>
    <message>
        <source>The secret for webhooks cannot be used.</source>
        <translation>Das Geheimnis für Webhooks ist nicht zu gebrauchen.</translation>
    </message>
    <message>
        <source>It is whsec_ and at least 16 bytes in Base64: AFTERWORD_WEBHOOK_SECRET, else the keyring&apos;s or the file&apos;s.</source>
        <translation>Es ist whsec_ und mindestens 16 Bytes in Base64: AFTERWORD_WEBHOOK_SECRET, sonst aus dem Schlüsselbund oder der Datei.</translation>
    </message>
    <message>
        <source>The {kind} number {number} was given up ({reason}); events that did not arrive: {unsent} or more.</source>
        <translation>{kind} Nummer {number} wurde aufgegeben ({reason}); Ereignisse, die nicht ankamen: mindestens {unsent}.</translation>
    </message>
    <message>
        <source>The recording is complete all the same. See whether the other end was running.</source>
        <translation>Die Aufnahme ist trotzdem vollständig. Sehen Sie nach, ob die andere Seite lief.</translation>
    </message>
    <message>
        <source>What the destination holds is not what was recorded.</source>
        <translation>Was das Ziel hat, ist nicht, was aufgenommen wurde.</translation>
    </message>
    <message>
        <source>Run `afterword deliver` again; the recording is safe here.</source>
        <translation>Rufen Sie noch einmal `afterword deliver` auf; die Aufnahme ist hier sicher.</translation>
    </message>
    <message>
        <source>A file of the recording was changed after it was recorded: {path}.</source>
        <translation>Eine Datei der Aufnahme wurde nach dem Aufnehmen geändert: {path}.</translation>
    </message>
    <message>
        <source>`afterword verify` tells which.</source>
        <translation>`afterword verify` sagt, welche.</translation>
    </message>
    <message>
        <source>The S3 store cannot be used: {reason}.</source>
        <translation>Der S3-Speicher ist nicht zu gebrauchen: {reason}.</translation>
    </message>
    <message>
        <source>Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; `pip install &apos;afterword[s3]&apos;`: packages (.deb, …) come without.</source>
        <translation>Setzen Sie AWS_ACCESS_KEY_ID und AWS_SECRET_ACCESS_KEY; `pip install &apos;afterword[s3]&apos;`: Pakete (.deb, …) enthalten es nicht.</translation>
    </message>
    <message>
        <source>The database cannot be used: {reason}.</source>
        <translation>Die Datenbank ist nicht zu gebrauchen: {reason}.</translation>
    </message>
    <message>
        <source>For PostgreSQL: `pip install &apos;afterword[postgres]&apos;`, for packages (.deb, …) come without; one signing_key for all folders.</source>
        <translation>Für PostgreSQL: `pip install &apos;afterword[postgres]&apos;`, denn Pakete (.deb, …) enthalten es nicht; und derselbe signing_key in jedem Datenordner.</translation>
    </message>
    <message>
        <source>{option} cannot be used: {reason}.</source>
        <translation>{option} ist nicht zu gebrauchen: {reason}.</translation>
    </message>
    <message>
        <source>Give postgresql://… or s3://bucket. Passwords go into AFTERWORD_DATABASE_URL or PGPASSFILE, keys into AWS_….</source>
        <translation>Geben Sie postgresql://… oder s3://bucket an. Passwörter gehören in AFTERWORD_DATABASE_URL oder PGPASSFILE, Schlüssel in AWS_….</translation>
    </message>
    <message>
        <source>Port {port} on {host} is in use.</source>
        <translation>Port {port} auf {host} ist belegt.</translation>
    </message>
    <message>
        <source>Choose another with --port, or leave it out to take a free one.</source>
        <translation>Wählen Sie mit --port einen anderen, oder lassen Sie es weg, um einen freien zu nehmen.</translation>
    </message>
    <message>
        <source>The backend cannot listen on {host}, port {port}: {reason}.</source>
        <translation>Die Ablage kann auf {host}, Port {port}, nicht erreichbar sein: {reason}.</translation>
    </message>
    <message>
        <source>Give --host an address of this machine.</source>
        <translation>Geben Sie --host eine Adresse dieses Rechners.</translation>
    </message>
    <message>
        <source>The backend cannot keep its data in {folder}: {reason}.</source>
        <translation>Die Ablage kann ihre Daten nicht in {folder} speichern: {reason}.</translation>
    </message>
    <message>
        <source>Free some room there, and see to its rights; `afterword serve` takes another folder with --data.</source>
        <translation>Schaffen Sie dort Platz und sehen Sie nach den Rechten; `afterword serve` nimmt mit --data einen anderen Ordner.</translation>
    </message>
    <message>
        <source>PortAudio finds no microphone</source>
        <translation>PortAudio findet kein Mikrofon</translation>
    </message>
    <message>
        <source>Windows has no loudspeaker</source>
        <translation>Windows hat keinen Lautsprecher</translation>
    </message>
    <message>
        <source>Windows lacks its library of power</source>
        <translation>Windows fehlt die Bibliothek dafür</translation>
    </message>
    <message>
        <source>it ended the connection</source>
        <translation>er hat die Verbindung beendet</translation>
    </message>
    <message>
        <source>it is no JSON</source>
        <translation>es ist kein JSON</translation>
    </message>
    <message>
        <source>it is no object</source>
        <translation>es ist kein Objekt</translation>
    </message>
    <message>
        <source>it makes the decoder crash</source>
        <translation>der Decoder stürzt daran ab</translation>
    </message>
    <message>
        <source>it shows nothing</source>
        <translation>es zeigt nichts</translation>
    </message>
    <message>
        <source>its address is none</source>
        <translation>die Adresse ist keine</translation>
    </message>
    <message>
        <source>libpulse cannot be loaded</source>
        <translation>libpulse kann nicht geladen werden</translation>
    </message>
    <message>
        <source>macOS does not tell of sleep</source>
        <translation>macOS sagt nichts davon</translation>
    </message>
    <message>
        <source>macOS lacks its library of power</source>
        <translation>macOS fehlt die Bibliothek dafür</translation>
    </message>
    <message>
        <source>macOS lists no windows</source>
        <translation>macOS nennt keine Fenster</translation>
    </message>
    <message>
        <source>no X server answers</source>
        <translation>kein X-Server antwortet</translation>
    </message>
    <message>
        <source>no accessibility bus</source>
        <translation>es gibt keinen Bus für die Barrierefreiheit</translation>
    </message>
    <message>
        <source>no sound server</source>
        <translation>es gibt keinen Tonserver</translation>
    </message>
    <message>
        <source>no such loudspeaker</source>
        <translation>es gibt keinen solchen Lautsprecher</translation>
    </message>
    <message>
        <source>no such microphone</source>
        <translation>es gibt kein solches Mikrofon</translation>
    </message>
    <message>
        <source>nothing in it can be played</source>
        <translation>nichts darin kann abgespielt werden</translation>
    </message>
    <message>
        <source>only a whole screen is handed out</source>
        <translation>nur ein ganzer Bildschirm wird freigegeben</translation>
    </message>
    <message>
        <source>only what is on the primary screen is handed out</source>
        <translation>nur was auf dem Hauptbildschirm ist, wird freigegeben</translation>
    </message>
    <message>
        <source>single windows cannot be recorded on this system</source>
        <translation>einzelne Fenster können auf diesem System nicht aufgenommen werden</translation>
    </message>
    <message>
        <source>the X server cannot reach it</source>
        <translation>der X-Server erreicht es nicht</translation>
    </message>
    <message>
        <source>the accessibility bus is closed</source>
        <translation>der Bus für die Barrierefreiheit ist geschlossen</translation>
    </message>
    <message>
        <source>the accessibility bus is gone</source>
        <translation>der Bus für die Barrierefreiheit ist weg</translation>
    </message>
    <message>
        <source>the desktop itself asks which one to share</source>
        <translation>der Desktop fragt selbst, welches freigegeben wird</translation>
    </message>
    <message>
        <source>the echo canceller is not installed</source>
        <translation>die Echounterdrückung ist nicht installiert</translation>
    </message>
    <message>
        <source>the part that listens to what Windows plays is not installed</source>
        <translation>der Teil, der hört, was Windows abspielt, ist nicht installiert</translation>
    </message>
    <message>
        <source>the part that listens to what macOS plays is not installed</source>
        <translation>der Teil, der hört, was macOS abspielt, ist nicht installiert</translation>
    </message>
    <message>
        <source>the picture cannot be read</source>
        <translation>das Bild kann nicht gelesen werden</translation>
    </message>
    <message>
        <source>the process that was to recover it died</source>
        <translation>das Programm, das sie wiederherstellen sollte, ist abgestürzt</translation>
    </message>
    <message>
        <source>the region is not on the desktop</source>
        <translation>der Bereich liegt nicht auf dem Desktop</translation>
    </message>
    <message>
        <source>the screen is not handed out any more</source>
        <translation>der Bildschirm wird nicht mehr freigegeben</translation>
    </message>
    <message>
        <source>the screen is not handed out</source>
        <translation>der Bildschirm wird nicht freigegeben</translation>
    </message>
    <message>
        <source>the screen is not open</source>
        <translation>der Bildschirm ist nicht geöffnet</translation>
    </message>
    <message>
        <source>the sound of its sides is not on this machine</source>
        <translation>der Ton ihrer Seiten ist nicht auf diesem Rechner</translation>
    </message>
    <message>
        <source>the system does not answer</source>
        <translation>das System antwortet nicht</translation>
    </message>
    <message>
        <source>the window is too small to be recorded</source>
        <translation>das Fenster ist zu klein dafür</translation>
    </message>
    <message>
        <source>the window shows nothing</source>
        <translation>das Fenster zeigt nichts</translation>
    </message>
    <message>
        <source>the window was closed</source>
        <translation>das Fenster wurde geschlossen</translation>
    </message>
    <message>
        <source>there is no system bus</source>
        <translation>es gibt keinen Systembus</translation>
    </message>
    <message>
        <source>there is nothing to record</source>
        <translation>es gibt nichts aufzunehmen</translation>
    </message>
    <message>
        <source>titles of windows need the permission to record the screen</source>
        <translation>für Titel von Fenstern muss der Bildschirm aufgenommen werden dürfen</translation>
    </message>
    <message>
        <source>Check its cable or wireless link. The recording goes on, and takes it up again by itself.</source>
        <translation>Prüfen Sie Kabel oder Funkverbindung. Die Aufnahme geht weiter und nimmt sie von selbst wieder auf.</translation>
    </message>
    <message>
        <source>The transcript could not be made: {reason}.</source>
        <translation>Die Mitschrift konnte nicht gemacht werden: {reason}.</translation>
    </message>
    <message>
        <source>The recording is as good as before; `afterword transcribe ID` goes on where it stopped.</source>
        <translation>Die Aufnahme ist so gut wie vorher; `afterword transcribe ID` macht weiter, wo es stehen blieb.</translation>
    </message>
    <message>
        <source>The program that makes the transcript ended unexpectedly.</source>
        <translation>Das Programm, das die Mitschrift macht, endete unerwartet.</translation>
    </message>
    <message>
        <source>The recording is as good as before; `afterword transcribe ID` goes on where it stopped. The log is {log}.</source>
        <translation>Die Aufnahme ist so gut wie vorher; `afterword transcribe ID` macht weiter, wo es stehen blieb. Das Protokoll ist {log}.</translation>
    </message>
    <message>
        <source>No transcription engine is chosen.</source>
        <translation>Es ist nichts gewählt, was Mitschriften macht.</translation>
    </message>
    <message>
        <source>Choose one: `afterword config set transcription_engine NAME`, or --engine for once. There is: {known}.</source>
        <translation>Wählen Sie: `afterword config set transcription_engine NAME`, oder --engine für dieses Mal. Es gibt: {known}.</translation>
    </message>
    <message>
        <source>Words are not told while they are spoken: the engine that is set cannot do that.</source>
        <translation>Worte werden nicht gesagt, während sie gesprochen werden: Was eingestellt ist, kann das nicht.</translation>
    </message>
    <message>
        <source>`afterword config set transcription_engine NAME`, with one of {known}; or set live_transcript to off.</source>
        <translation>`afterword config set transcription_engine NAME`, mit einem von {known}; oder setzen Sie live_transcript auf off.</translation>
    </message>
    <message>
        <source>The transcription engine {engine} is not installed.</source>
        <translation>{engine}, das Mitschriften machen soll, ist nicht installiert.</translation>
    </message>
    <message>
        <source>pip install &apos;afterword[{extra}]&apos; adds it where pip has installed Afterword; packages (.deb, …) have whisper_cpp.</source>
        <translation>pip install &apos;afterword[{extra}]&apos; fügt es hinzu, wo Afterword mit pip installiert ist; Pakete (.deb, …) haben whisper_cpp.</translation>
    </message>
    <message>
        <source>The transcription engine {engine} cannot work: {reason}.</source>
        <translation>{engine} kann keine Mitschriften machen: {reason}.</translation>
    </message>
    <message>
        <source>Check --model, or `afterword config get transcription_model` and `transcription_url`.</source>
        <translation>Prüfen Sie --model, oder `afterword config get transcription_model` und `transcription_url`.</translation>
    </message>
    <message>
        <source>There is nothing to transcribe: {reason}.</source>
        <translation>Es gibt nichts mitzuschreiben: {reason}.</translation>
    </message>
    <message>
        <source>Only recordings whose sound is on this machine can be transcribed.</source>
        <translation>Nur von Aufnahmen, deren Ton auf diesem Rechner ist, kann es eine Mitschrift geben.</translation>
    </message>
    <message>
        <source>The transcription service could not do it: {reason}.</source>
        <translation>Der Dienst für Mitschriften konnte es nicht: {reason}.</translation>
    </message>
    <message>
        <source>The transcription service cannot be reached: {reason}.</source>
        <translation>Der Dienst für Mitschriften ist nicht zu erreichen: {reason}.</translation>
    </message>
    <message>
        <source>The transcription service did not answer in time.</source>
        <translation>Der Dienst für Mitschriften antwortete nicht rechtzeitig.</translation>
    </message>
    <message>
        <source>The transcription service takes no more requests for now.</source>
        <translation>Der Dienst für Mitschriften nimmt zurzeit keine Anfragen mehr an.</translation>
    </message>
    <message>
        <source>Wait a while. The recording is as good as before; `afterword transcribe ID` goes on where it stopped.</source>
        <translation>Warten Sie eine Weile. Die Aufnahme ist so gut wie vorher; `afterword transcribe ID` macht weiter, wo es stehen blieb.</translation>
    </message>
    <message>
        <source>The transcription service has trouble of its own: {reason}.</source>
        <translation>Der Dienst für Mitschriften hat selbst Schwierigkeiten: {reason}.</translation>
    </message>
    <message>
        <source>The transcription service does not take it: {reason}.</source>
        <translation>Der Dienst für Mitschriften nimmt es nicht an: {reason}.</translation>
    </message>
    <message>
        <source>Check its key (`afterword key URL`), its address and the model. The recording is as good as before; `afterword transcribe ID` goes on where it stopped.</source>
        <translation>Prüfen Sie seinen Schlüssel (`afterword key URL`), seine Adresse und das Modell. Die Aufnahme ist so gut wie vorher; `afterword transcribe ID` macht weiter, wo es stehen blieb.</translation>
    </message>
    <message>
        <source>The transcription service&apos;s answer makes no sense: {reason}.</source>
        <translation>Die Antwort des Dienstes für Mitschriften ergibt keinen Sinn: {reason}.</translation>
    </message>
    <message>
        <source>The transcription was stopped.</source>
        <translation>Das Mitschreiben wurde angehalten.</translation>
    </message>
    <message>
        <source>`afterword transcribe {id}` goes on where it was.</source>
        <translation>`afterword transcribe {id}` macht weiter, wo es war.</translation>
    </message>
    <message>
        <source>{path} is no transcript.</source>
        <translation>{path} ist keine Mitschrift.</translation>
    </message>
    <message>
        <source>Begin with what `afterword transcript ID --format json` gives.</source>
        <translation>Beginnen Sie mit dem, was `afterword transcript ID --format json` gibt.</translation>
    </message>
    <message>
        <source>The index for searching cannot be used: {reason}.</source>
        <translation>Das Verzeichnis zum Suchen ist nicht zu gebrauchen: {reason}.</translation>
    </message>
    <message>
        <source>Delete {path}; it is made anew.</source>
        <translation>Löschen Sie {path}; es wird neu gemacht.</translation>
    </message>
    <message>
        <source>There is no transcript {id}.</source>
        <translation>Es gibt keine Mitschrift {id}.</translation>
    </message>
    <message>
        <source>`afterword transcribe ID` makes one.</source>
        <translation>`afterword transcribe ID` macht eine.</translation>
    </message>
    <message>
        <source>The model {model} cannot be had: {reason}.</source>
        <translation>Das Modell {model} ist nicht zu bekommen: {reason}.</translation>
    </message>
    <message>
        <source>`afterword models list` shows how things stand.</source>
        <translation>`afterword models list` zeigt, wie es steht.</translation>
    </message>
    <message>
        <source>There is no model {model}.</source>
        <translation>Es gibt kein Modell {model}.</translation>
    </message>
    <message>
        <source>There is: {known}.</source>
        <translation>Es gibt: {known}.</translation>
    </message>
    <message>
        <source>Another program downloads or removes a model right now.</source>
        <translation>Ein anderes Programm lädt oder entfernt gerade ein Modell.</translation>
    </message>
    <message>
        <source>Try again when it has ended.</source>
        <translation>Versuchen Sie es noch einmal, wenn es fertig ist.</translation>
    </message>
    <message>
        <source>The model {model} cannot be downloaded: {reason}.</source>
        <translation>Das Modell {model} kann nicht geladen werden: {reason}.</translation>
    </message>
    <message>
        <source>`afterword models download {model}` goes on where it stopped.</source>
        <translation>`afterword models download {model}` macht weiter, wo es stehen blieb.</translation>
    </message>
    <message>
        <source>The model {model} did not come as it is meant to be: {reason}.</source>
        <translation>Das Modell {model} kam nicht, wie es sein soll: {reason}.</translation>
    </message>
    <message>
        <source>What was wrong is deleted; `afterword models download {model}` fetches it again.</source>
        <translation>Was falsch war, ist gelöscht; `afterword models download {model}` holt es noch einmal.</translation>
    </message>
    <message>
        <source>The download was stopped.</source>
        <translation>Das Laden wurde angehalten.</translation>
    </message>
    <message>
        <source>`afterword models download {model}` goes on where it was.</source>
        <translation>`afterword models download {model}` macht weiter, wo es war.</translation>
    </message>
    <message>
        <source>Run the command again; if it stays so, please report it with these words.</source>
        <translation>Versuchen Sie es noch einmal; bleibt es dabei, melden Sie es bitte mit diesen Worten.</translation>
    </message>
    <message>
        <source>Pictures are encoded by the processor, through {codec}.{why}</source>
        <translation>Bilder werden vom Prozessor kodiert, durch {codec}.{why}</translation>
    </message>
    <message>
        <source>Install the graphics card&apos;s driver, or choose another profile.</source>
        <translation>Installieren Sie den Treiber der Grafikkarte, oder wählen Sie ein anderes Profil.</translation>
    </message>
    <message>
        <source>{size} pixels through {means}</source>
        <translation>{size} Pixel durch {means}</translation>
    </message>
    <message>
        <source>{device} delivers nothing but zeros: it is muted, or not connected.</source>
        <translation>Von {device} kommen nur Nullen: Es ist stumm oder nicht angeschlossen.</translation>
    </message>
    <message>
        <source>Unmute it, by a switch of its own or in the sound settings.</source>
        <translation>Schalten Sie es ein, durch einen eigenen Schalter oder in den Toneinstellungen.</translation>
    </message>
    <message>
        <source>A test tone was played and did not come back: the others would be missing.</source>
        <translation>Ein Prüfton wurde gespielt und kam nicht zurück: Die anderen würden fehlen.</translation>
    </message>
    <message>
        <source>Unmute the loudspeaker and stop what is playing, then try again; a muted one is recorded as silence.</source>
        <translation>Schalten Sie den Lautsprecher ein und halten Sie an, was gerade spielt, dann versuchen Sie es noch einmal; ein stummer wird als Stille aufgenommen.</translation>
    </message>
    <message>
        <source>Headphones keep the others out of it; without them they are recorded twice.</source>
        <translation>Kopfhörer halten die anderen heraus; ohne sie werden sie doppelt aufgenommen.</translation>
    </message>
    <message>
        <source>{free} GB are free for recordings in {folder}, enough for {time}.</source>
        <translation>{free} GB sind für Aufnahmen in {folder} frei, genug für {time}.</translation>
    </message>
    <message>
        <source>Free some room, or choose another folder for recordings in the settings.</source>
        <translation>Schaffen Sie Platz, oder wählen Sie in den Einstellungen einen anderen Ordner für Aufnahmen.</translation>
    </message>
    <message>
        <source>The machine stays awake while it records, and a sleep that is asked for waits.</source>
        <translation>Der Rechner bleibt wach, solange er aufnimmt, und wenn jemand ihn schlafen legt, wartet er.</translation>
    </message>
    <message>
        <source> Not by others: {reason}.</source>
        <translation> Nicht durch andere: {reason}.</translation>
    </message>
    <message>
        <source>Pictures are encoded by the graphics card, through {codec}.{why}</source>
        <translation>Bilder werden von der Grafikkarte kodiert, durch {codec}.{why}</translation>
    </message>
    <message>
        <source> Not by the best means: {reason}.</source>
        <translation> Nicht auf die beste Weise: {reason}.</translation>
    </message>
    <message>
        <source>Wake the screen, or allow Afterword to record it in the system&apos;s privacy settings.</source>
        <translation>Wecken Sie den Bildschirm, oder erlauben Sie Afterword in den Datenschutzeinstellungen des Systems, ihn aufzunehmen.</translation>
    </message>
    <message>
        <source>The screen can be recorded: {how}.{why}</source>
        <translation>Der Bildschirm kann aufgenommen werden: {how}.{why}</translation>
    </message>
    <message>
        <source>{device} is there, but delivers nothing.</source>
        <translation>{device} ist da, aber es kommt nichts davon.</translation>
    </message>
    <message>
        <source>Check its cable or its wireless link, or choose another with `afterword devices`.</source>
        <translation>Prüfen Sie Kabel oder Funkverbindung, oder wählen Sie ein anderes: `afterword devices`.</translation>
    </message>
    <message>
        <source>{device} delivers, at {level} dBFS now.</source>
        <translation>{device} ist zu hören, jetzt mit {level} dBFS.</translation>
    </message>
    <message>
        <source>No test tone could be played: {reason}.</source>
        <translation>Es konnte kein Prüfton gespielt werden: {reason}.</translation>
    </message>
    <message>
        <source>A test tone was played, but there is nothing that could record it.</source>
        <translation>Ein Prüfton wurde gespielt, aber es gibt nichts, was ihn aufnehmen könnte.</translation>
    </message>
    <message>
        <source>The microphone hears the loudspeaker.</source>
        <translation>Das Mikrofon hört den Lautsprecher.</translation>
    </message>
    <message>
        <source>Speech is told from music and noise.</source>
        <translation>Sprache wird von Musik und Geräuschen unterschieden.</translation>
    </message>
    <message>
        <source>The recordings backend on this machine is made with the first recording.</source>
        <translation>Die eigene Ablage dieses Rechners wird mit der ersten Aufnahme angelegt.</translation>
    </message>
    <message>
        <source>The recordings backend on this machine is ready.</source>
        <translation>Die eigene Ablage dieses Rechners ist bereit.</translation>
    </message>
    <message>
        <source>{engine} makes no transcripts without its key.</source>
        <translation>{engine} macht ohne seinen Schlüssel keine Mitschriften.</translation>
    </message>
    <message>
        <source>`afterword key {url}` keeps it on this machine.</source>
        <translation>`afterword key {url}` behält ihn auf diesem Rechner.</translation>
    </message>
    <message>
        <source>Transcripts are made by {engine}.</source>
        <translation>Mitschriften werden von {engine} gemacht.</translation>
    </message>
    <message>
        <source>{destination} would take recordings.</source>
        <translation>{destination} würde Aufnahmen annehmen.</translation>
    </message>
    <message>
        <source>The screen is all black: {how}.{why}</source>
        <translation>Der Bildschirm ist ganz schwarz: {how}.{why}</translation>
    </message>
    <message>
        <source>{device} delivers; nothing plays now.</source>
        <translation>{device} ist bereit; gerade spielt nichts.</translation>
    </message>
    <message>
        <source>Check the loudspeaker.</source>
        <translation>Prüfen Sie den Lautsprecher.</translation>
    </message>
    <message>
        <source>What this machine plays is recorded: a test tone came back.</source>
        <translation>Was dieser Rechner abspielt, wird aufgenommen: Ein Prüfton kam zurück.</translation>
    </message>
    <message>
        <source>The microphone does not hear the loudspeaker.</source>
        <translation>Das Mikrofon hört den Lautsprecher nicht.</translation>
    </message>
    <message>
        <source>Sleep of this machine is not watched: {reason}.</source>
        <translation>Ob dieser Rechner schläft, wird nicht beobachtet: {reason}.</translation>
    </message>
    <message>
        <source>Keep the machine awake during a meeting; a sleep may cost the last second before it.</source>
        <translation>Halten Sie den Rechner während einer Besprechung wach; ein Schlaf kann die letzte Sekunde davor kosten.</translation>
    </message>
    <message>
        <source>No transcripts are made: no engine is chosen for them.</source>
        <translation>Es werden keine Mitschriften gemacht: Nichts ist dafür gewählt.</translation>
    </message>
    <message>
        <source>The sound server is {name}.</source>
        <translation>Der Tonserver ist {name}.</translation>
    </message>
    <message>
        <source>it is inside a recording</source>
        <translation>es liegt in einer Aufnahme</translation>
    </message>
    <message>
        <source>nothing can be written there</source>
        <translation>dort kann nichts geschrieben werden</translation>
    </message>
    <message>
        <source>its disk knows no locks</source>
        <translation>der Datenträger kennt keine Sperren</translation>
    </message>
    <message>
        <source>{refusal}: {reason}</source>
        <translation>{refusal}: {reason}</translation>
    </message>
    <message>
        <source>it must be like `zoom=always, slack=off`, each with one of {known}</source>
        <translation>es muss aussehen wie `zoom=always, slack=off`, jeweils mit einem von {known}</translation>
    </message>
    <message>
        <source>The disk has room again: the picture is recorded in full.</source>
        <translation>Der Datenträger hat wieder Platz: Das Bild wird voll aufgenommen.</translation>
    </message>
    <message>
        <source>The disk is nearly full: the picture is recorded with less detail. The sound is complete.</source>
        <translation>Der Datenträger ist fast voll: Das Bild wird mit weniger Einzelheiten aufgenommen. Der Ton ist vollständig.</translation>
    </message>
    <message>
        <source>The disk is nearly full: the picture stands still to leave room for the sound.</source>
        <translation>Der Datenträger ist fast voll: Das Bild steht still, damit Platz für den Ton bleibt.</translation>
    </message>
    <message>
        <source>The disk is full: the recording ends while it can still be closed.</source>
        <translation>Der Datenträger ist voll: Die Aufnahme endet, solange sie noch geschlossen werden kann.</translation>
    </message>
    <message>
        <source>less than two minutes</source>
        <translation>weniger als zwei Minuten</translation>
    </message>
    <message>
        <source>about {count} hours</source>
        <translation>etwa {count} Stunden</translation>
    </message>
    <message>
        <source>about {count} minutes</source>
        <translation>etwa {count} Minuten</translation>
    </message>
    <message>
        <source>it must be a whole number</source>
        <translation>es muss eine ganze Zahl sein</translation>
    </message>
    <message>
        <source>it must be text in quotation marks</source>
        <translation>es muss Text in Anführungszeichen sein</translation>
    </message>
    <message>
        <source>it must be the id of a device, `default` or `none`</source>
        <translation>es muss die ID eines Geräts sein, `default` oder `none`</translation>
    </message>
    <message>
        <source>it must be the id of a screen, `all`, `none`, `window:ID` or `region:X,Y,WIDTH,HEIGHT`</source>
        <translation>es muss die ID eines Bildschirms sein, `all`, `none`, `window:ID` oder `region:X,Y,BREITE,HÖHE`</translation>
    </message>
    <message>
        <source>it must be from 1 to {most}</source>
        <translation>es muss zwischen 1 und {most} liegen</translation>
    </message>
    <message>
        <source>it must be `{local}`, or a URL that begins with http:// or https:// and holds no password</source>
        <translation>es muss `{local}` sein, oder eine URL, die mit http:// oder https:// beginnt und kein Passwort enthält</translation>
    </message>
    <message>
        <source>it must be one of {known}</source>
        <translation>es muss eines davon sein: {known}</translation>
    </message>
    <message>
        <source>it must be at least {least} bytes a second, or 0 for no limit</source>
        <translation>es müssen mindestens {least} Bytes in der Sekunde sein, oder 0 für keine Grenze</translation>
    </message>
    <message>
        <source>it must be a number of days, or `{never}`</source>
        <translation>es muss eine Anzahl Tage sein, oder `{never}`</translation>
    </message>
    <message>
        <source>these are no live events: {names}</source>
        <translation>das sind keine Liveereignisse: {names}</translation>
    </message>
    <message>
        <source>it must be from 0 to {most} seconds</source>
        <translation>es muss zwischen 0 und {most} Sekunden liegen</translation>
    </message>
    <message>
        <source>it must be a URL that begins with http:// or https:// and holds no password</source>
        <translation>es muss eine URL sein, die mit http:// oder https:// beginnt und kein Passwort enthält</translation>
    </message>
    <message>
        <source>it must be the whole path of a folder, or empty for the usual one</source>
        <translation>es muss der ganze Pfad eines Ordners sein, oder leer für den üblichen</translation>
    </message>
    <message>
        <source>it must be two times of day, as in 22:00-06:30, or empty</source>
        <translation>es müssen zwei Tageszeiten sein, wie in 22:00-06:30, oder leer</translation>
    </message>
    <message>
        <source>each address must begin with http://, https://, ws:// or wss:// and name a host, with a / before its ?</source>
        <translation>jede Adresse muss mit http://, https://, ws:// oder wss:// beginnen und einen Rechner nennen, mit einem / vor ihrem ?</translation>
    </message>
    <message>
        <source>none</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>it makes its program crash</source>
        <translation>sein Programm stürzt dabei ab</translation>
    </message>
    <message>
        <source>it does not open in time</source>
        <translation>es öffnet sich nicht rechtzeitig</translation>
    </message>
    <message>
        <source>The machine keeps up again: the picture is recorded in full.</source>
        <translation>Der Rechner kommt wieder mit: Das Bild wird voll aufgenommen.</translation>
    </message>
    <message>
        <source>The machine is busy: the picture is recorded at half its frame rate. The sound is complete.</source>
        <translation>Der Rechner ist beschäftigt: Das Bild wird mit halber Bildrate aufgenommen. Der Ton ist vollständig.</translation>
    </message>
    <message>
        <source>The machine is busy: a quarter of the frame rate is recorded. The sound is complete.</source>
        <translation>Der Rechner ist beschäftigt: Ein Viertel der Bildrate wird aufgenommen. Der Ton ist vollständig.</translation>
    </message>
    <message>
        <source>The machine is very busy: the picture is recorded with less detail. The sound is complete.</source>
        <translation>Der Rechner ist sehr beschäftigt: Das Bild wird mit weniger Einzelheiten aufgenommen. Der Ton ist vollständig.</translation>
    </message>
    <message>
        <source>The machine is too busy for the picture, which stands still. The sound is complete.</source>
        <translation>Der Rechner ist zu beschäftigt für das Bild, das still steht. Der Ton ist vollständig.</translation>
    </message>
    <message>
        <source>The screen shows nothing. The recording goes on without a new picture.</source>
        <translation>Vom Bildschirm kommt nichts. Die Aufnahme geht ohne neues Bild weiter.</translation>
    </message>
    <message>
        <source>The microphone delivers nothing. The recording goes on without it.</source>
        <translation>Vom Mikrofon kommt nichts. Die Aufnahme geht ohne es weiter.</translation>
    </message>
    <message>
        <source>Nothing of the other side is heard: its sound device is gone. The recording goes on without it.</source>
        <translation>Von der anderen Seite ist nichts zu hören: Ihr Tongerät ist weg. Die Aufnahme geht ohne sie weiter.</translation>
    </message>
    <message>
        <source>The recorder died. Another one goes on with the recording.</source>
        <translation>Der Rekorder ist abgestürzt. Ein anderer macht mit der Aufnahme weiter.</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Balanced: little work for the computer</source>
        <translation>Ausgewogen: wenig Arbeit für den Rechner</translation>
    </message>
    <message>
        <source>Small files: three times the work</source>
        <translation>Kleine Dateien: dreifache Arbeit</translation>
    </message>
    <message>
        <source>For editing: finer pictures, large files</source>
        <translation>Zum Schneiden: feinere Bilder, große Dateien</translation>
    </message>
    <message>
        <source>By the graphics card, where it can</source>
        <translation>Durch die Grafikkarte, wo sie kann</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source> a second</source>
        <translation> je Sekunde</translation>
    </message>
    <message>
        <source>Take the loudspeaker out of my microphone</source>
        <translation>Den Lautsprecher aus meinem Mikrofon nehmen</translation>
    </message>
    <message>
        <source>Leave pauses in, black and silent</source>
        <translation>Pausen drin lassen, schwarz und still</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>At most; a still screen takes fewer.</source>
        <translation>Höchstens; ein ruhiger Bildschirm braucht weniger.</translation>
    </message>
    <message>
        <source>For who wears no headphones. The separate sound files stay as they are.</source>
        <translation>Wenn Sie keinen Kopfhörer tragen. Die einzelnen Tondateien bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>Else a pause is cut out of the recording.</source>
        <translation>Sonst wird eine Pause aus der Aufnahme geschnitten.</translation>
    </message>
    <message>
        <source>An hour of slides takes about {slides} MB, an hour of typing {typing} MB (1920x1080).</source>
        <translation>Eine Stunde Folien braucht etwa {slides} MB, eine Stunde Tippen {typing} MB (1920x1080).</translation>
    </message>
    <message>
        <source>How large files become differs from card to card.</source>
        <translation>Wie groß Dateien werden, ist von Karte zu Karte verschieden.</translation>
    </message>
    <message>
        <source>As others shall read it</source>
        <translation>Wie andere ihn lesen sollen</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>I record this meeting to write its minutes. Please say so if you mind.</source>
        <translation>Ich nehme diese Besprechung für das Protokoll auf. Bitte sagen Sie es, wenn Sie das nicht möchten.</translation>
    </message>
    <message>
        <source>When a meeting begins</source>
        <translation>Wenn eine Besprechung beginnt</translation>
    </message>
    <message>
        <source>Also keep</source>
        <translation>Auch behalten</translation>
    </message>
    <message>
        <source>From before you answered. It is in memory only, and forgotten unless you record. 0 for nothing.</source>
        <translation>Aus der Zeit vor Ihrer Antwort. Es ist nur im Speicher und wird vergessen, wenn Sie nicht aufnehmen. 0 für nichts.</translation>
    </message>
    <message>
        <source>Stop after it ends</source>
        <translation>Nach dem Ende anhalten</translation>
    </message>
    <message>
        <source>So long a card asks whether to go on.</source>
        <translation>So lange fragt eine Karte, ob es weitergehen soll.</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Ihr Name</translation>
    </message>
    <message>
        <source>In the list of participants and in transcripts.</source>
        <translation>In der Liste der Teilnehmer und in Mitschriften.</translation>
    </message>
    <message>
        <source>What to tell the others</source>
        <translation>Was den anderen gesagt wird</translation>
    </message>
    <message>
        <source>To paste into the chat; shown when a recording begins. Whoever records others should tell them. In many places that is the law.</source>
        <translation>Zum Einfügen in den Chat; wird beim Beginn einer Aufnahme gezeigt. Wer andere aufnimmt, soll es ihnen sagen. Vielerorts ist das Gesetz.</translation>
    </message>
    <message>
        <source>Do nothing</source>
        <translation>Nichts tun</translation>
    </message>
    <message>
        <source>Ask me</source>
        <translation>Mich fragen</translation>
    </message>
    <message>
        <source>Record it without asking</source>
        <translation>Ohne Frage aufnehmen</translation>
    </message>
    <message>
        <source>Deliver recordings</source>
        <translation>Aufnahmen ablegen</translation>
    </message>
    <message>
        <source>Send while it records</source>
        <translation>Schon während der Aufnahme senden</translation>
    </message>
    <message>
        <source>Also over networks that cost by volume</source>
        <translation>Auch über Netze, die nach Menge kosten</translation>
    </message>
    <message>
        <source>Also on battery</source>
        <translation>Auch im Akkubetrieb</translation>
    </message>
    <message>
        <source> kB/s</source>
        <translation> kB/s</translation>
    </message>
    <message>
        <source>as fast as it goes</source>
        <translation>so schnell es geht</translation>
    </message>
    <message>
        <source>Without this they wait here.</source>
        <translation>Sonst warten sie hier.</translation>
    </message>
    <message>
        <source>Only between</source>
        <translation>Nur zwischen</translation>
    </message>
    <message>
        <source>Empty for any time.</source>
        <translation>Leer für jederzeit.</translation>
    </message>
    <message>
        <source>No faster than</source>
        <translation>Nicht schneller als</translation>
    </message>
    <message>
        <source>Tell these addresses</source>
        <translation>Diesen Adressen erzählen</translation>
    </message>
    <message>
        <source>Who joins and speaks, while it happens. With commas between them.</source>
        <translation>Wer kommt und spricht, während es geschieht. Mit Kommas dazwischen.</translation>
    </message>
    <message>
        <source>Only these events</source>
        <translation>Nur diese Ereignisse</translation>
    </message>
    <message>
        <source>Their names, with commas. Empty for all but sound and pictures.</source>
        <translation>Ihre Namen, mit Kommas. Leer für alle außer Ton und Bildern.</translation>
    </message>
    <message>
        <source>Keep them</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Delete after {days} days</source>
        <translation>Nach {days} Tagen löschen</translation>
    </message>
    <message>
        <source>Only sound and picture, and only once another computer has proved that it holds them.</source>
        <translation>Nur Ton und Bild, und erst wenn ein anderer Rechner bewiesen hat, dass er sie hat.</translation>
    </message>
    <message>
        <source>After delivery</source>
        <translation>Nach dem Ablegen</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Hoher Kontrast</translation>
    </message>
    <message>
        <source>Show a small window above the others while it records</source>
        <translation>Während der Aufnahme ein kleines Fenster über den anderen zeigen</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
</context>
<context>
    <name>SettingsWindow</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Aufnahme</translation>
    </message>
    <message>
        <source>Meetings</source>
        <translation>Besprechungen</translation>
    </message>
    <message>
        <source>Transcripts</source>
        <translation>Mitschriften</translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation>Ablage</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>This program</source>
        <translation>Dieses Programm</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>Other rules for single programs</source>
        <translation>Andere Regeln für einzelne Programme</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>Live events</source>
        <translation>Ereignisse in Echtzeit</translation>
    </message>
    <message>
        <source>Keys that work in every program</source>
        <translation>Tasten, die in jedem Programm gelten</translation>
    </message>
    <message>
        <source>Record, pause, mark and mute:</source>
        <translation>Aufnehmen, Pause, Markieren und Stumm:</translation>
    </message>
</context>
<context>
    <name>SmallWindow</name>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
</context>
<context>
    <name>SourceCheck</name>
    <message>
        <source>Picture that is recorded</source>
        <translation>Bild, das aufgenommen wird</translation>
    </message>
    <message>
        <source>Your microphone</source>
        <translation>Ihr Mikrofon</translation>
    </message>
    <message>
        <source>The other side</source>
        <translation>Die Gegenseite</translation>
    </message>
    <message>
        <source>Play a short tone</source>
        <translation>Einen kurzen Ton spielen</translation>
    </message>
    <message>
        <source>Choose what to share …</source>
        <translation>Auswählen, was zu sehen ist …</translation>
    </message>
    <message>
        <source>Looking and listening …</source>
        <translation>Es wird geschaut und gehört …</translation>
    </message>
    <message>
        <source>✓ This is what a recording shows.</source>
        <translation>✓ Das zeigt eine Aufnahme.</translation>
    </message>
    <message>
        <source>It is all black. Wake the screen, or allow it in the system&apos;s privacy settings.</source>
        <translation>Alles ist schwarz. Wecken Sie den Bildschirm, oder erlauben Sie es in den Datenschutz-Einstellungen des Systems.</translation>
    </message>
    <message>
        <source>No picture is recorded.</source>
        <translation>Es wird kein Bild aufgenommen.</translation>
    </message>
    <message>
        <source>✓ You are heard.</source>
        <translation>✓ Sie sind zu hören.</translation>
    </message>
    <message>
        <source>Say something: the bar should move.</source>
        <translation>Sagen Sie etwas: der Balken sollte sich bewegen.</translation>
    </message>
    <message>
        <source>Nothing comes from it: it is muted, or not connected.</source>
        <translation>Von ihm kommt nichts: es ist stumm oder nicht angeschlossen.</translation>
    </message>
    <message>
        <source>Your own voice is not recorded.</source>
        <translation>Ihre eigene Stimme wird nicht aufgenommen.</translation>
    </message>
    <message>
        <source>✓ What this computer plays is heard.</source>
        <translation>✓ Was dieser Rechner spielt, ist zu hören.</translation>
    </message>
    <message>
        <source>The others are not recorded.</source>
        <translation>Die anderen werden nicht aufgenommen.</translation>
    </message>
    <message>
        <source>Nothing plays now. Play the tone: the bar should move.</source>
        <translation>Gerade läuft nichts. Spielen Sie den Ton: der Balken sollte sich bewegen.</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Left, top, width and height in pixels</source>
        <translation>Links, oben, Breite und Höhe in Pixeln</translation>
    </message>
</context>
<context>
    <name>StoragePanel</name>
    <message>
        <source>Open the folder</source>
        <translation>Den Ordner öffnen</translation>
    </message>
    <message>
        <source>Change …</source>
        <translation>Ändern …</translation>
    </message>
    <message>
        <source>Stop moving</source>
        <translation>Verschieben beenden</translation>
    </message>
    <message>
        <source>A folder for recordings</source>
        <translation>Ein Ordner für Aufnahmen</translation>
    </message>
    <message>
        <source>Recordings are being moved: {done} of {total}</source>
        <translation>Aufnahmen werden verschoben: {done} von {total}</translation>
    </message>
    <message>
        <source>All recordings are there.</source>
        <translation>Alle Aufnahmen sind dort.</translation>
    </message>
    <message>
        <source>There is no room for all; recordings that stay where they are, and are listed: {count}</source>
        <translation>Der Platz reicht nicht für alle; Aufnahmen, die bleiben, wo sie sind, und in der Liste stehen: {count}</translation>
    </message>
    <message>
        <source>Recordings that stay where they are, as others have their names: {count}</source>
        <translation>Aufnahmen, die bleiben, wo sie sind, da andere ihre Namen haben: {count}</translation>
    </message>
    <message>
        <source>Recordings that stay where they are for now, are listed, and follow later: {count}</source>
        <translation>Aufnahmen, die vorerst bleiben, wo sie sind, in der Liste stehen und später folgen: {count}</translation>
    </message>
    <message>
        <source>Recordings are in</source>
        <translation>Aufnahmen liegen in</translation>
    </message>
    <message>
        <source>{free:.1f} GB are free, enough for about {hours} hours of meetings.</source>
        <translation>{free:.1f} GB sind frei, genug für etwa {hours} Stunden Besprechungen.</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>Position</source>
        <translation>Stelle</translation>
    </message>
    <message>
        <source>Speakers: {names}. Marks: {marks}. Gaps: {gaps}.</source>
        <translation>Es sprechen: {names}. Markierungen: {marks}. Lücken: {gaps}.</translation>
    </message>
    <message>
        <source>Nothing came from this side: {source}</source>
        <translation>Von dieser Seite kam nichts: {source}</translation>
    </message>
</context>
<context>
    <name>TranscriptList</name>
    <message>
        <source>Transcript</source>
        <translation>Mitschrift</translation>
    </message>
</context>
<context>
    <name>TranscriptPanel</name>
    <message>
        <source>Made by</source>
        <translation>Gemacht von</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>The service&apos;s own choice</source>
        <translation>Was der Dienst wählt</translation>
    </message>
    <message>
        <source>Download it</source>
        <translation>Herunterladen</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Herunterladen</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Its key</source>
        <translation>Sein Schlüssel</translation>
    </message>
    <message>
        <source>Language spoken</source>
        <translation>Gesprochene Sprache</translation>
    </message>
    <message>
        <source>Names and terms</source>
        <translation>Namen und Begriffe</translation>
    </message>
    <message>
        <source>Also tell words while they are spoken</source>
        <translation>Worte auch melden, während sie gesprochen werden</translation>
    </message>
    <message>
        <source>The smallest that is here</source>
        <translation>Das kleinste, das hier ist</translation>
    </message>
    <message>
        <source>None is here yet. Choose one, then download it.</source>
        <translation>Noch ist keines hier. Wählen Sie eines und laden Sie es herunter.</translation>
    </message>
    <message>
        <source>here</source>
        <translation>hier</translation>
    </message>
    <message>
        <source>to be downloaded</source>
        <translation>herunterzuladen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>on this computer</source>
        <translation>auf diesem Rechner</translation>
    </message>
    <message>
        <source>a service: sends what was said to it</source>
        <translation>ein Dienst: schickt ihm, was gesagt wurde</translation>
    </message>
    <message>
        <source>Nobody: no transcripts</source>
        <translation>Niemand: keine Mitschriften</translation>
    </message>
    <message>
        <source>Nothing that is said leaves this computer.</source>
        <translation>Nichts Gesagtes verlässt diesen Rechner.</translation>
    </message>
    <message>
        <source>It is not installed. Packages have whisper.cpp; pip install &apos;afterword[{extra}]&apos; adds this where pip installed all.</source>
        <translation>Es ist nicht installiert. Pakete haben whisper.cpp; pip install &apos;afterword[{extra}]&apos; fügt dies hinzu, wo pip alles installiert hat.</translation>
    </message>
    <message>
        <source>English only, and it misunderstands most words: for trying things out.</source>
        <translation>Nur Englisch, und es missversteht die meisten Wörter: zum Ausprobieren.</translation>
    </message>
    <message>
        <source>The sound of every recording is sent to this service.</source>
        <translation>Der Ton jeder Aufnahme wird an diesen Dienst geschickt.</translation>
    </message>
    <message>
        <source>As in “en” or “de”. Empty where it shall be found out.</source>
        <translation>Wie „en“ oder „de“. Leer, wo sie herausgefunden werden soll.</translation>
    </message>
    <message>
        <source>That may be said, with commas between them.</source>
        <translation>Die fallen können, mit Kommas dazwischen.</translation>
    </message>
</context>
<context>
    <name>TrayMenu</name>
    <message>
        <source>I have seen to it</source>
        <translation>Ich habe mich darum gekümmert</translation>
    </message>
    <message>
        <source>What to record</source>
        <translation>Was aufgenommen wird</translation>
    </message>
    <message>
        <source>Record meetings automatically</source>
        <translation>Besprechungen von selbst aufnehmen</translation>
    </message>
    <message>
        <source>Recent recordings</source>
        <translation>Letzte Aufnahmen</translation>
    </message>
    <message>
        <source>Open recordings</source>
        <translation>Aufnahmen öffnen</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Check everything</source>
        <translation>Alles prüfen</translation>
    </message>
    <message>
        <source>First steps</source>
        <translation>Erste Schritte</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Nothing has been recorded yet</source>
        <translation>Noch ist nichts aufgenommen</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>Ask at each meeting</source>
        <translation>Bei jeder Besprechung fragen</translation>
    </message>
    <message>
        <source>Always, without asking</source>
        <translation>Immer, ohne Frage</translation>
    </message>
</context>
<context>
    <name>acts</name>
    <message>
        <source>Record</source>
        <translation>Aufnehmen</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Jetzt nicht</translation>
    </message>
    <message>
        <source>Never for this app</source>
        <translation>Nie bei diesem Programm</translation>
    </message>
    <message>
        <source>Keep recording</source>
        <translation>Weiter aufnehmen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Go on with the last recording</source>
        <translation>Die letzte Aufnahme fortsetzen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Mute my microphone</source>
        <translation>Mein Mikrofon stumm schalten</translation>
    </message>
    <message>
        <source>Unmute my microphone</source>
        <translation>Mein Mikrofon laut schalten</translation>
    </message>
    <message>
        <source>Mark this moment</source>
        <translation>Diesen Augenblick markieren</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>Stumm</translation>
    </message>
    <message>
        <source>Unmute</source>
        <translation>Laut</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>Markieren</translation>
    </message>
</context>
<context>
    <name>card</name>
    <message>
        <source>Record it?</source>
        <translation>Aufnehmen?</translation>
    </message>
    <message>
        <source>Finishing the recording …</source>
        <translation>Die Aufnahme wird abgeschlossen …</translation>
    </message>
    <message>
        <source>Recording saved</source>
        <translation>Aufnahme gesichert</translation>
    </message>
    <message>
        <source>The meeting is over</source>
        <translation>Die Besprechung ist vorbei</translation>
    </message>
    <message>
        <source>The recording stops in {seconds} s.</source>
        <translation>Die Aufnahme endet in {seconds} s.</translation>
    </message>
    <message>
        <source>Stop now</source>
        <translation>Jetzt anhalten</translation>
    </message>
    <message>
        <source>Tell the others that you record</source>
        <translation>Sagen Sie den anderen, dass Sie aufnehmen</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>They know</source>
        <translation>Sie wissen es</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Später</translation>
    </message>
    <message>
        <source>Stopped too early? It can go on.</source>
        <translation>Zu früh angehalten? Es kann weitergehen.</translation>
    </message>
    <message>
        <source>Go on recording</source>
        <translation>Weiter aufnehmen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>notice</name>
    <message>
        <source>The {platform} meeting is recorded.</source>
        <translation>Die Besprechung in {platform} wird aufgenommen.</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Aufnahme</translation>
    </message>
</context>
<context>
    <name>player</name>
    <message>
        <source>Marked</source>
        <translation>Markiert</translation>
    </message>
    <message>
        <source>Me</source>
        <translation>Ich</translation>
    </message>
    <message>
        <source>Other side</source>
        <translation>Gegenseite</translation>
    </message>
    <message>
        <source>{count} others</source>
        <translation>{count} andere</translation>
    </message>
</context>
<context>
    <name>recent</name>
    <message>
        <source>nothing playable</source>
        <translation>nichts Abspielbares</translation>
    </message>
    <message>
        <source>on this machine</source>
        <translation>auf diesem Rechner</translation>
    </message>
    <message>
        <source>to be delivered</source>
        <translation>abzulegen</translation>
    </message>
    <message>
        <source>being delivered</source>
        <translation>wird abgelegt</translation>
    </message>
    <message>
        <source>waiting to be delivered</source>
        <translation>wartet aufs Ablegen</translation>
    </message>
    <message>
        <source>delivered</source>
        <translation>abgelegt</translation>
    </message>
    <message>
        <source>not delivered</source>
        <translation>nicht abgelegt</translation>
    </message>
</context>
<context>
    <name>recordings</name>
    <message>
        <source>Renamed on this machine. What was delivered keeps its name.</source>
        <translation>Auf diesem Rechner umbenannt. Was abgelegt ist, behält seinen Namen.</translation>
    </message>
    <message>
        <source>Put back.</source>
        <translation>Zurückgelegt.</translation>
    </message>
    <message>
        <source>Deleted for good: {count}.</source>
        <translation>Endgültig gelöscht: {count}.</translation>
    </message>
    <message>
        <source>It is delivered already.</source>
        <translation>Sie ist schon abgelegt.</translation>
    </message>
    <message>
        <source>It is being delivered.</source>
        <translation>Sie wird gerade abgelegt.</translation>
    </message>
    <message>
        <source>All {count} files are as they were recorded.</source>
        <translation>Alle {count} Dateien sind, wie sie aufgenommen wurden.</translation>
    </message>
    <message>
        <source>Copies that prove to be the same: {count}.</source>
        <translation>Kopien, die nachweislich gleich sind: {count}.</translation>
    </message>
    <message>
        <source>Saved as {name}.</source>
        <translation>Gesichert als {name}.</translation>
    </message>
    <message>
        <source>A recording that cannot be read</source>
        <translation>Eine Aufnahme, die sich nicht lesen lässt</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Aufnahme</translation>
    </message>
    <message>
        <source>being recorded</source>
        <translation>wird aufgenommen</translation>
    </message>
    <message>
        <source>It broke off. {length} of it are saved and can be played.</source>
        <translation>Sie brach ab. {length} davon sind gesichert und können abgespielt werden.</translation>
    </message>
    <message>
        <source>It broke off before anything could be played. Its files are kept.</source>
        <translation>Sie brach ab, bevor es etwas abzuspielen gab. Ihre Dateien sind noch da.</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>Video</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Ton</translation>
    </message>
    <message>
        <source>Transcript</source>
        <translation>Mitschrift</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Personen</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>in the making</source>
        <translation>in Arbeit</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>misslungen</translation>
    </message>
    <message>
        <source>not on this machine any more</source>
        <translation>nicht mehr auf diesem Rechner</translation>
    </message>
    <message>
        <source>On this machine only</source>
        <translation>Nur auf diesem Rechner</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>Abgelegt</translation>
    </message>
    <message>
        <source>To be delivered</source>
        <translation>Abzulegen</translation>
    </message>
    <message>
        <source>Not delivered</source>
        <translation>Nicht abgelegt</translation>
    </message>
    <message>
        <source>Waiting for the network</source>
        <translation>Wartet auf das Netz</translation>
    </message>
    <message>
        <source>Needs a key</source>
        <translation>Braucht einen Schlüssel</translation>
    </message>
    <message>
        <source>Deliveries are paused</source>
        <translation>Das Ablegen ruht</translation>
    </message>
    <message>
        <source>Waiting: metered network</source>
        <translation>Wartet: Netz kostet nach Menge</translation>
    </message>
    <message>
        <source>Waiting: on battery</source>
        <translation>Wartet: Akkubetrieb</translation>
    </message>
    <message>
        <source>Waiting for its time of day</source>
        <translation>Wartet auf die Uhrzeit</translation>
    </message>
    <message>
        <source>Tried again soon</source>
        <translation>Wird bald wieder versucht</translation>
    </message>
    <message>
        <source>{sent} of {total}</source>
        <translation>{sent} von {total}</translation>
    </message>
    <message>
        <source>This machine&apos;s own backend</source>
        <translation>Die eigene Ablage dieses Rechners</translation>
    </message>
    <message>
        <source>It is safe on this machine; a key is given under Settings, Delivery.</source>
        <translation>Sie ist auf diesem Rechner sicher; ein Schlüssel wird unter Einstellungen, Ablage angegeben.</translation>
    </message>
    <message>
        <source>It is safe on this machine.</source>
        <translation>Sie ist auf diesem Rechner sicher.</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>Deliver again</source>
        <translation>Noch einmal ablegen</translation>
    </message>
    <message>
        <source>Show files</source>
        <translation>Dateien zeigen</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>Nachprüfen</translation>
    </message>
    <message>
        <source>Copy link</source>
        <translation>Adresse kopieren</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Video …</source>
        <translation>Video …</translation>
    </message>
    <message>
        <source>Sound …</source>
        <translation>Ton …</translation>
    </message>
    <message>
        <source>Transcript as text …</source>
        <translation>Mitschrift als Text …</translation>
    </message>
    <message>
        <source>Transcript as subtitles …</source>
        <translation>Mitschrift als Untertitel …</translation>
    </message>
    <message>
        <source>Transcript as Markdown …</source>
        <translation>Mitschrift als Markdown …</translation>
    </message>
    <message>
        <source>All files …</source>
        <translation>Alle Dateien …</translation>
    </message>
</context>
<context>
    <name>sources</name>
    <message>
        <source>The screen</source>
        <translation>Der Bildschirm</translation>
    </message>
    <message>
        <source>All screens</source>
        <translation>Alle Bildschirme</translation>
    </message>
    <message>
        <source>A part of the screen</source>
        <translation>Ein Teil des Bildschirms</translation>
    </message>
    <message>
        <source>A window that is not open now</source>
        <translation>Ein Fenster, das gerade nicht offen ist</translation>
    </message>
    <message>
        <source>No picture, only sound</source>
        <translation>Kein Bild, nur Ton</translation>
    </message>
    <message>
        <source>As the system has it: {name}</source>
        <translation>Wie im System: {name}</translation>
    </message>
    <message>
        <source>As the system has it</source>
        <translation>Wie im System</translation>
    </message>
    <message>
        <source>Do not record this side</source>
        <translation>Diese Seite nicht aufnehmen</translation>
    </message>
    <message>
        <source>Screen {number}, {size}</source>
        <translation>Bildschirm {number}, {size}</translation>
    </message>
    <message>
        <source>Window: {title}</source>
        <translation>Fenster: {title}</translation>
    </message>
</context>
<context>
    <name>targets</name>
    <message>
        <source>The screen</source>
        <translation>Der Bildschirm</translation>
    </message>
    <message>
        <source>All screens</source>
        <translation>Alle Bildschirme</translation>
    </message>
    <message>
        <source>Sound only</source>
        <translation>Nur Ton</translation>
    </message>
    <message>
        <source>Screen {number}</source>
        <translation>Bildschirm {number}</translation>
    </message>
</context>
<context>
    <name>tray</name>
    <message>
        <source>Going on …</source>
        <translation>Geht weiter …</translation>
    </message>
    <message>
        <source>Finishing the recording …</source>
        <translation>Die Aufnahme wird abgeschlossen …</translation>
    </message>
    <message>
        <source>Ending …</source>
        <translation>Endet …</translation>
    </message>
    <message>
        <source>Starting to record …</source>
        <translation>Aufnahme beginnt …</translation>
    </message>
    <message>
        <source>Paused, {elapsed}</source>
        <translation>Pause, {elapsed}</translation>
    </message>
    <message>
        <source>The meeting is over, {elapsed}</source>
        <translation>Die Besprechung ist vorbei, {elapsed}</translation>
    </message>
    <message>
        <source>Recording without your microphone, {elapsed}</source>
        <translation>Aufnahme ohne Ihr Mikrofon, {elapsed}</translation>
    </message>
    <message>
        <source>Recording, {elapsed}</source>
        <translation>Aufnahme, {elapsed}</translation>
    </message>
    <message>
        <source>Listening: the last {seconds} s are kept in memory, nothing is written</source>
        <translation>Hört zu: die letzten {seconds} s sind im Speicher, nichts wird geschrieben</translation>
    </message>
    <message>
        <source>Delivering a recording …</source>
        <translation>Eine Aufnahme wird abgelegt …</translation>
    </message>
    <message>
        <source>Delivering {count} recordings …</source>
        <translation>{count} Aufnahmen werden abgelegt …</translation>
    </message>
    <message>
        <source>Not recording</source>
        <translation>Keine Aufnahme</translation>
    </message>
    <message>
        <source>Meeting in {app} detected</source>
        <translation>Besprechung in {app} bemerkt</translation>
    </message>
    <message>
        <source>{platform} meeting detected</source>
        <translation>Besprechung in {platform} bemerkt</translation>
    </message>
</context>
</TS>
