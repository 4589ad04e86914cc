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
        <source>It is not installed: pip install &apos;afterword[{extra}]&apos; adds it, where pip installed all.</source>
        <translation>Es ist nicht installiert: pip install &apos;afterword[{extra}]&apos; fügt es hinzu, wo pip alles installiert hat.</translation>
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
