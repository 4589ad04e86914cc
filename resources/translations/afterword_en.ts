<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>AppRules</name>
    <message>
        <source>Program or platform</source>
        <translation>Program or platform</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Add</translation>
    </message>
    <message>
        <source>Add a rule for this program</source>
        <translation>Add a rule for this program</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Remove</translation>
    </message>
    <message>
        <source>When a meeting in {name} begins</source>
        <translation>When a meeting in {name} begins</translation>
    </message>
    <message>
        <source>Remove the rule for {name}</source>
        <translation>Remove the rule for {name}</translation>
    </message>
</context>
<context>
    <name>Card</name>
    <message>
        <source>Copied. Paste it into the meeting&apos;s chat.</source>
        <translation>Copied. Paste it into the meeting&apos;s chat.</translation>
    </message>
</context>
<context>
    <name>CheckupWindow</name>
    <message>
        <source>Check everything</source>
        <translation>Check everything</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Check again</translation>
    </message>
    <message>
        <source>Looking and listening; a short tone is played …</source>
        <translation>Looking and listening; a short tone is played …</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>Good</translation>
    </message>
    <message>
        <source>To be looked at</source>
        <translation>To be looked at</translation>
    </message>
    <message>
        <source>Wrong</source>
        <translation>Wrong</translation>
    </message>
    <message>
        <source>Everything is ready.</source>
        <translation>Everything is ready.</translation>
    </message>
    <message>
        <source>Not everything is as it should be.</source>
        <translation>Not everything is as it should be.</translation>
    </message>
</context>
<context>
    <name>Controls</name>
    <message>
        <source>Volume</source>
        <translation>Volume</translation>
    </message>
    <message>
        <source>Volume (up, down)</source>
        <translation>Volume (up, down)</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Play</translation>
    </message>
    <message>
        <source>Sound on</source>
        <translation>Sound on</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>Mute</translation>
    </message>
    <message>
        <source>Play or pause (space, K)</source>
        <translation>Play or pause (space, K)</translation>
    </message>
    <message>
        <source>Back 10 seconds (J)</source>
        <translation>Back 10 seconds (J)</translation>
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
        <translation>Forward 10 seconds (L)</translation>
    </message>
    <message>
        <source>Mute or unmute (M)</source>
        <translation>Mute or unmute (M)</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Full screen</translation>
    </message>
    <message>
        <source>Full screen, and back (F)</source>
        <translation>Full screen, and back (F)</translation>
    </message>
    <message>
        <source>Speed (&lt; and &gt;)</source>
        <translation>Speed (&lt; and &gt;)</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Speed</translation>
    </message>
</context>
<context>
    <name>DestinationPanel</name>
    <message>
        <source>This computer</source>
        <translation>This computer</translation>
    </message>
    <message>
        <source>A server</source>
        <translation>A server</translation>
    </message>
    <message>
        <source>Deliver to</source>
        <translation>Deliver to</translation>
    </message>
    <message>
        <source>Its address</source>
        <translation>Its address</translation>
    </message>
    <message>
        <source>Its key</source>
        <translation>Its key</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Test</translation>
    </message>
    <message>
        <source>Test the destination</source>
        <translation>Test the destination</translation>
    </message>
    <message>
        <source>Asking …</source>
        <translation>Asking …</translation>
    </message>
    <message>
        <source>✓ Recordings would be taken there.</source>
        <translation>✓ Recordings would be taken there.</translation>
    </message>
</context>
<context>
    <name>Field</name>
    <message>
        <source>The settings file has something here that is of no use: {reason}. “{value}” counts.</source>
        <translation>The settings file has something here that is of no use: {reason}. “{value}” counts.</translation>
    </message>
    <message>
        <source>This was not kept: {reason}.</source>
        <translation>This was not kept: {reason}.</translation>
    </message>
</context>
<context>
    <name>FirstRun</name>
    <message>
        <source>Welcome to Afterword</source>
        <translation>Welcome to Afterword</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>Check everything</source>
        <translation>Check everything</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Settings</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>{step} of {steps}</source>
        <translation>{step} of {steps}</translation>
    </message>
    <message>
        <source>Ask me whether to record it</source>
        <translation>Ask me whether to record it</translation>
    </message>
    <message>
        <source>Record it without asking</source>
        <translation>Record it without asking</translation>
    </message>
    <message>
        <source>Do nothing: I press Record myself</source>
        <translation>Do nothing: I press Record myself</translation>
    </message>
    <message>
        <source>Everything stays on this computer until you say where it shall go.</source>
        <translation>Everything stays on this computer until you say where it shall go.</translation>
    </message>
    <message>
        <source>Is everything seen and heard?</source>
        <translation>Is everything seen and heard?</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>Try it</translation>
    </message>
    <message>
        <source>Afterword notices meetings in Zoom, Teams, Meet and others.</source>
        <translation>Afterword notices meetings in Zoom, Teams, Meet and others.</translation>
    </message>
    <message>
        <source>The others cannot see that you record. Tell them before: in many places that is the law, and everywhere it is fair. What you write here is shown when a recording begins, ready to be pasted into the chat.</source>
        <translation>The others cannot see that you record. Tell them before: in many places that is the law, and everywhere it is fair. What you write here is shown when a recording begins, ready to be pasted into the chat.</translation>
    </message>
    <message>
        <source>I record this meeting to write its minutes. Please say so if you mind.</source>
        <translation>I record this meeting to write its minutes. Please say so if you mind.</translation>
    </message>
    <message>
        <source>What to tell the others</source>
        <translation>What to tell the others</translation>
    </message>
    <message>
        <source>The others</source>
        <translation>The others</translation>
    </message>
    <message>
        <source>When a meeting begins</source>
        <translation>When a meeting begins</translation>
    </message>
    <message>
        <source>“Record now” below starts a recording whenever you like; so does a click on the icon in the tray. Stop it, and it can be played at once. All recordings are in the tray&apos;s menu, too.</source>
        <translation>“Record now” below starts a recording whenever you like; so does a click on the icon in the tray. Stop it, and it can be played at once. All recordings are in the tray&apos;s menu, too.</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Ready</translation>
    </message>
</context>
<context>
    <name>KeyField</name>
    <message>
        <source>Key</source>
        <translation>Key</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Keep</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Forget</translation>
    </message>
    <message>
        <source>A key is kept. It is not shown again.</source>
        <translation>A key is kept. It is not shown again.</translation>
    </message>
    <message>
        <source>No key is kept for this address.</source>
        <translation>No key is kept for this address.</translation>
    </message>
    <message>
        <source>Kept as plain text in {path}, which only your account can read: no keyring is open here.</source>
        <translation>Kept as plain text in {path}, which only your account can read: no keyring is open here.</translation>
    </message>
    <message>
        <source>Kept in this computer&apos;s keyring.</source>
        <translation>Kept in this computer&apos;s keyring.</translation>
    </message>
</context>
<context>
    <name>LoginSwitch</name>
    <message>
        <source>Start when I log in</source>
        <translation>Start when I log in</translation>
    </message>
</context>
<context>
    <name>Notes</name>
    <message>
        <source>About this recording</source>
        <translation>About this recording</translation>
    </message>
    <message>
        <source>What was done</source>
        <translation>What was done</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>Put all back</source>
        <translation>Put all back</translation>
    </message>
    <message>
        <source>Delete for good …</source>
        <translation>Delete for good …</translation>
    </message>
    <message>
        <source>Deleted in the last seven days: {count}, {size}.</source>
        <translation>Deleted in the last seven days: {count}, {size}.</translation>
    </message>
</context>
<context>
    <name>Pill</name>
    <message>
        <source>Recording</source>
        <translation>Recording</translation>
    </message>
    <message>
        <source>Your microphone</source>
        <translation>Your microphone</translation>
    </message>
    <message>
        <source>The other side</source>
        <translation>The other side</translation>
    </message>
</context>
<context>
    <name>PlayerScreen</name>
    <message>
        <source>Picture</source>
        <translation>Picture</translation>
    </message>
    <message>
        <source>Loudness</source>
        <translation>Loudness</translation>
    </message>
</context>
<context>
    <name>PlayerWindow</name>
    <message>
        <source>Follow</source>
        <translation>Follow</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notes</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Recording</translation>
    </message>
    <message>
        <source>Keep in sight what is being said</source>
        <translation>Keep in sight what is being said</translation>
    </message>
    <message>
        <source>There is no transcript. Choose an engine in the settings, and new recordings get one.</source>
        <translation>There is no transcript. Choose an engine in the settings, and new recordings get one.</translation>
    </message>
    <message>
        <source>Sound and picture are not on this machine any more: another one holds them.</source>
        <translation>Sound and picture are not on this machine any more: another one holds them.</translation>
    </message>
    <message>
        <source>There is nothing to play: neither sound nor picture was recorded.</source>
        <translation>There is nothing to play: neither sound nor picture was recorded.</translation>
    </message>
    <message>
        <source>This machine has no loudspeaker: it plays without sound.</source>
        <translation>This machine has no loudspeaker: it plays without sound.</translation>
    </message>
    <message>
        <source>It cannot be played: {reason}. Its files are as they were.</source>
        <translation>It cannot be played: {reason}. Its files are as they were.</translation>
    </message>
</context>
<context>
    <name>QuitQuestion</name>
    <message>
        <source>A recording is running.</source>
        <translation>A recording is running.</translation>
    </message>
    <message>
        <source>It is stopped and saved before Afterword quits.</source>
        <translation>It is stopped and saved before Afterword quits.</translation>
    </message>
    <message>
        <source>Stop and quit</source>
        <translation>Stop and quit</translation>
    </message>
    <message>
        <source>Go on recording</source>
        <translation>Go on recording</translation>
    </message>
</context>
<context>
    <name>RecordBar</name>
    <message>
        <source>● Record now</source>
        <translation>● Record now</translation>
    </message>
    <message>
        <source>■ Stop</source>
        <translation>■ Stop</translation>
    </message>
    <message>
        <source>▶ Play it</source>
        <translation>▶ Play it</translation>
    </message>
    <message>
        <source>All recordings</source>
        <translation>All recordings</translation>
    </message>
</context>
<context>
    <name>RecordingsWindow</name>
    <message>
        <source>Record now</source>
        <translation>Record now</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>Recordings</translation>
    </message>
    <message>
        <source>Search titles, people and what was said</source>
        <translation>Search titles, people and what was said</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Search</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>Nothing has been recorded yet.
Record now, or let Afterword offer the meetings that begin here.</source>
        <translation>Nothing has been recorded yet.
Record now, or let Afterword offer the meetings that begin here.</translation>
    </message>
    <message>
        <source>Nothing was found.</source>
        <translation>Nothing was found.</translation>
    </message>
    <message>
        <source>Delete them for good?</source>
        <translation>Delete them for good?</translation>
    </message>
    <message>
        <source>What other servers hold of them stays there.</source>
        <translation>What other servers hold of them stays there.</translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation>Delete for good</translation>
    </message>
</context>
<context>
    <name>RehearsalPanel</name>
    <message>
        <source>Your microphone</source>
        <translation>Your microphone</translation>
    </message>
    <message>
        <source>The other side</source>
        <translation>The other side</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Play</translation>
    </message>
    <message>
        <source>Recorded until now</source>
        <translation>Recorded until now</translation>
    </message>
    <message>
        <source>Say a few words, and play something if you like. It is kept nowhere.</source>
        <translation>Say a few words, and play something if you like. It is kept nowhere.</translation>
    </message>
    <message>
        <source>Starting …</source>
        <translation>Starting …</translation>
    </message>
    <message>
        <source>Recording. Say something …</source>
        <translation>Recording. Say something …</translation>
    </message>
    <message>
        <source>Go back a step and choose another source.</source>
        <translation>Go back a step and choose another source.</translation>
    </message>
    <message>
        <source>Nothing playable came of it. “Check everything” tells why.</source>
        <translation>Nothing playable came of it. “Check everything” tells why.</translation>
    </message>
    <message>
        <source>✓ Recorded. This is what it looks and sounds like.</source>
        <translation>✓ Recorded. This is what it looks and sounds like.</translation>
    </message>
    <message>
        <source>Record {seconds} seconds</source>
        <translation>Record {seconds} seconds</translation>
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
        <translation>Afterword has had a fault</translation>
    </message>
    <message>
        <source>Something in Afterword went wrong. A recording that runs is not affected. This report names no meetings and no people, and is sent to nobody; you can attach it when you report the fault.</source>
        <translation>Something in Afterword went wrong. A recording that runs is not affected. This report names no meetings and no people, and is sent to nobody; you can attach it when you report the fault.</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Report</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copy</translation>
    </message>
    <message>
        <source>Save …</source>
        <translation>Save …</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>Save the report</translation>
    </message>
</context>
<context>
    <name>RowDelegate</name>
    <message>
        <source>Title</source>
        <translation>Title</translation>
    </message>
</context>
<context>
    <name>RowTasks</name>
    <message>
        <source>Every file is being read …</source>
        <translation>Every file is being read …</translation>
    </message>
    <message>
        <source>It is being copied …</source>
        <translation>It is being copied …</translation>
    </message>
    <message>
        <source>The address of its page was copied.</source>
        <translation>The address of its page was copied.</translation>
    </message>
    <message>
        <source>It has no page at a server: the address of its folder was copied.</source>
        <translation>It has no page at a server: the address of its folder was copied.</translation>
    </message>
    <message>
        <source>{title} was deleted.</source>
        <translation>{title} was deleted.</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>The screen cannot be recorded: {reason}.</source>
        <translation>The screen cannot be recorded: {reason}.</translation>
    </message>
    <message>
        <source>Run this inside a graphical X11 session (DISPLAY must name it), or record sound alone with --no-video.</source>
        <translation>Run this inside a graphical X11 session (DISPLAY must name it), or record sound alone with --no-video.</translation>
    </message>
    <message>
        <source>No sound can be recorded: {reason}.</source>
        <translation>No sound can be recorded: {reason}.</translation>
    </message>
    <message>
        <source>On Linux, start PulseAudio or PipeWire and log in again; or record without sound: --no-microphone --no-system-audio.</source>
        <translation>On Linux, start PulseAudio or PipeWire and log in again; or record without sound: --no-microphone --no-system-audio.</translation>
    </message>
    <message>
        <source>There is no screen {device}; there is: {known}.</source>
        <translation>There is no screen {device}; there is: {known}.</translation>
    </message>
    <message>
        <source>`afterword devices` lists the screens; --screen all records every one of them.</source>
        <translation>`afterword devices` lists the screens; --screen all records every one of them.</translation>
    </message>
    <message>
        <source>The region {device} does not lie on the desktop, which has {known} pixels.</source>
        <translation>The region {device} does not lie on the desktop, which has {known} pixels.</translation>
    </message>
    <message>
        <source>Give --region as X,Y,WIDTH,HEIGHT in pixels, at least 16 by 16.</source>
        <translation>Give --region as X,Y,WIDTH,HEIGHT in pixels, at least 16 by 16.</translation>
    </message>
    <message>
        <source>There is no window {device}.</source>
        <translation>There is no window {device}.</translation>
    </message>
    <message>
        <source>`afterword devices` lists the windows that are open.</source>
        <translation>`afterword devices` lists the windows that are open.</translation>
    </message>
    <message>
        <source>The window cannot be recorded: {reason}.</source>
        <translation>The window cannot be recorded: {reason}.</translation>
    </message>
    <message>
        <source>`afterword devices` lists the windows that are open; --screen records all that is seen.</source>
        <translation>`afterword devices` lists the windows that are open; --screen records all that is seen.</translation>
    </message>
    <message>
        <source>A part of Afterword is missing: {reason}.</source>
        <translation>A part of Afterword is missing: {reason}.</translation>
    </message>
    <message>
        <source>pip install &apos;afterword[{extra}]&apos; adds it.</source>
        <translation>pip install &apos;afterword[{extra}]&apos; adds it.</translation>
    </message>
    <message>
        <source>What this machine plays cannot be recorded: {reason}.</source>
        <translation>What this machine plays cannot be recorded: {reason}.</translation>
    </message>
    <message>
        <source>pip install &apos;afterword[{extra}]&apos; adds it; or record without the other side: --no-system-audio.</source>
        <translation>pip install &apos;afterword[{extra}]&apos; adds it; or record without the other side: --no-system-audio.</translation>
    </message>
    <message>
        <source>The system does not let Afterword hear what it plays: {reason}.</source>
        <translation>The system does not let Afterword hear what it plays: {reason}.</translation>
    </message>
    <message>
        <source>Allow it in the privacy settings, on macOS under Screen &amp; System Audio Recording, and start Afterword again.</source>
        <translation>Allow it in the privacy settings, on macOS under Screen &amp; System Audio Recording, and start Afterword again.</translation>
    </message>
    <message>
        <source>Screens and windows are not listed here: {reason}.</source>
        <translation>Screens and windows are not listed here: {reason}.</translation>
    </message>
    <message>
        <source>Record without --screen; it asks the first time, and remembers the answer.</source>
        <translation>Record without --screen; it asks the first time, and remembers the answer.</translation>
    </message>
    <message>
        <source>Programs do not tell here what windows they have: {reason}.</source>
        <translation>Programs do not tell here what windows they have: {reason}.</translation>
    </message>
    <message>
        <source>Switch the desktop&apos;s accessibility on; without it a meeting is known by its microphone alone.</source>
        <translation>Switch the desktop&apos;s accessibility on; without it a meeting is known by its microphone alone.</translation>
    </message>
    <message>
        <source>No window can be left out here: {reason}.</source>
        <translation>No window can be left out here: {reason}.</translation>
    </message>
    <message>
        <source>Record a single one with --window, or leave --exclude-window away and close that window.</source>
        <translation>Record a single one with --window, or leave --exclude-window away and close that window.</translation>
    </message>
    <message>
        <source>There is no sound device called {device}.</source>
        <translation>There is no sound device called {device}.</translation>
    </message>
    <message>
        <source>`afterword devices` lists what there is. Plug it in, or choose another one or `default`.</source>
        <translation>`afterword devices` lists what there is. Plug it in, or choose another one or `default`.</translation>
    </message>
    <message>
        <source>There is no microphone {device}.</source>
        <translation>There is no microphone {device}.</translation>
    </message>
    <message>
        <source>Plug it in, or take another: --microphone ID for once, `afterword config set microphone ID` from now on; as ID, `default` is the one that the system prefers. There is: {known}.</source>
        <translation>Plug it in, or take another: --microphone ID for once, `afterword config set microphone ID` from now on; as ID, `default` is the one that the system prefers. There is: {known}.</translation>
    </message>
    <message>
        <source>There is no {device} to listen to for what this machine plays.</source>
        <translation>There is no {device} to listen to for what this machine plays.</translation>
    </message>
    <message>
        <source>Plug it in, or take another: --system-audio ID for once, `afterword config set system_audio ID` from now on; as ID, `default` is the one that the system prefers. There is: {known}.</source>
        <translation>Plug it in, or take another: --system-audio ID for once, `afterword config set system_audio ID` from now on; as ID, `default` is the one that the system prefers. There is: {known}.</translation>
    </message>
    <message>
        <source>The window that was recorded has been closed.</source>
        <translation>The window that was recorded has been closed.</translation>
    </message>
    <message>
        <source>What was recorded until then is kept; `afterword devices` lists the windows that are open.</source>
        <translation>What was recorded until then is kept; `afterword devices` lists the windows that are open.</translation>
    </message>
    <message>
        <source>The system does not allow it: {reason}.</source>
        <translation>The system does not allow it: {reason}.</translation>
    </message>
    <message>
        <source>Allow Afterword to record the screen and the microphone in the system&apos;s privacy settings.</source>
        <translation>Allow Afterword to record the screen and the microphone in the system&apos;s privacy settings.</translation>
    </message>
    <message>
        <source>Encoding failed: {reason}.</source>
        <translation>Encoding failed: {reason}.</translation>
    </message>
    <message>
        <source>Try --profile balanced; what was recorded until then is kept.</source>
        <translation>Try --profile balanced; what was recorded until then is kept.</translation>
    </message>
    <message>
        <source>Who speaks is told by loudness alone, which takes music for speech: the speech model cannot be used.</source>
        <translation>Who speaks is told by loudness alone, which takes music for speech: the speech model cannot be used.</translation>
    </message>
    <message>
        <source>Install Afterword again: its file resources/silero_vad.npz is missing or damaged. All sound is recorded.</source>
        <translation>Install Afterword again: its file resources/silero_vad.npz is missing or damaged. All sound is recorded.</translation>
    </message>
    <message>
        <source>Nothing has come from the {source} for 10 seconds.</source>
        <translation>Nothing has come from the {source} for 10 seconds.</translation>
    </message>
    <message>
        <source>Nothing has come from the microphone for 10 seconds; your side is missing from the recording.</source>
        <translation>Nothing has come from the microphone for 10 seconds; your side is missing from the recording.</translation>
    </message>
    <message>
        <source>Nothing has come from the system for 10 seconds; the other side is missing from the recording.</source>
        <translation>Nothing has come from the system for 10 seconds; the other side is missing from the recording.</translation>
    </message>
    <message>
        <source>The microphone has delivered nothing but zeros for 10 seconds.</source>
        <translation>The microphone has delivered nothing but zeros for 10 seconds.</translation>
    </message>
    <message>
        <source>Is it muted, by a switch of its own or in the sound settings? If not, choose another with --microphone.</source>
        <translation>Is it muted, by a switch of its own or in the sound settings? If not, choose another with --microphone.</translation>
    </message>
    <message>
        <source>A program has been playing for 10 seconds, but only silence arrives from the system.</source>
        <translation>A program has been playing for 10 seconds, but only silence arrives from the system.</translation>
    </message>
    <message>
        <source>If you hear the others, their program plays to another device: `afterword devices`, then --system-audio. A muted loudspeaker is recorded as silence too, and so is, on macOS, all that Afterword may not hear.</source>
        <translation>If you hear the others, their program plays to another device: `afterword devices`, then --system-audio. A muted loudspeaker is recorded as silence too, and so is, on macOS, all that Afterword may not hear.</translation>
    </message>
    <message>
        <source>The list of meeting programs in {path} cannot be used: {reason}.</source>
        <translation>The list of meeting programs in {path} cannot be used: {reason}.</translation>
    </message>
    <message>
        <source>Mend or remove it; until then only the built-in list is known.</source>
        <translation>Mend or remove it; until then only the built-in list is known.</translation>
    </message>
    <message>
        <source>Meetings cannot be detected on this system.</source>
        <translation>Meetings cannot be detected on this system.</translation>
    </message>
    <message>
        <source>Start the recording by hand: `afterword record`.</source>
        <translation>Start the recording by hand: `afterword record`.</translation>
    </message>
    <message>
        <source>`{key}` in {path} is of no use: {reason}.</source>
        <translation>`{key}` in {path} is of no use: {reason}.</translation>
    </message>
    <message>
        <source>Until it is corrected, {default} is taken; `afterword config set {key} VALUE` does that.</source>
        <translation>Until it is corrected, {default} is taken; `afterword config set {key} VALUE` does that.</translation>
    </message>
    <message>
        <source>This cannot be `{key}`: {reason}.</source>
        <translation>This cannot be `{key}`: {reason}.</translation>
    </message>
    <message>
        <source>`afterword config get` shows what is set.</source>
        <translation>`afterword config get` shows what is set.</translation>
    </message>
    <message>
        <source>Another program of ours is moving recordings just now.</source>
        <translation>Another program of ours is moving recordings just now.</translation>
    </message>
    <message>
        <source>Wait until it is done; nothing is lost meanwhile.</source>
        <translation>Wait until it is done; nothing is lost meanwhile.</translation>
    </message>
    <message>
        <source>{path} holds what this version does not know: {keys}.</source>
        <translation>{path} holds what this version does not know: {keys}.</translation>
    </message>
    <message>
        <source>What it knows is: {known}.</source>
        <translation>What it knows is: {known}.</translation>
    </message>
    <message>
        <source>The settings in {path} cannot be read: {reason}.</source>
        <translation>The settings in {path} cannot be read: {reason}.</translation>
    </message>
    <message>
        <source>Correct or remove the file; until then the defaults are taken.</source>
        <translation>Correct or remove the file; until then the defaults are taken.</translation>
    </message>
    <message>
        <source>Nothing was changed, for {path} is not in order: {reason}.</source>
        <translation>Nothing was changed, for {path} is not in order: {reason}.</translation>
    </message>
    <message>
        <source>Correct or remove the file, then try again.</source>
        <translation>Correct or remove the file, then try again.</translation>
    </message>
    <message>
        <source>{reason}</source>
        <translation>{reason}</translation>
    </message>
    <message>
        <source>`afterword --help` tells what there is.</source>
        <translation>`afterword --help` tells what there is.</translation>
    </message>
    <message>
        <source>The disk is full: {reason}.</source>
        <translation>The disk is full: {reason}.</translation>
    </message>
    <message>
        <source>Free some room in {folder}, or put recordings elsewhere: `afterword config set recordings FOLDER`.</source>
        <translation>Free some room in {folder}, or put recordings elsewhere: `afterword config set recordings FOLDER`.</translation>
    </message>
    <message>
        <source>Recordings cannot be written to {folder}: {reason}.</source>
        <translation>Recordings cannot be written to {folder}: {reason}.</translation>
    </message>
    <message>
        <source>Make the folder writable, or put recordings elsewhere: `afterword config set recordings FOLDER`.</source>
        <translation>Make the folder writable, or put recordings elsewhere: `afterword config set recordings FOLDER`.</translation>
    </message>
    <message>
        <source>Writing failed: {reason}.</source>
        <translation>Writing failed: {reason}.</translation>
    </message>
    <message>
        <source>Check the disk that holds {folder}.</source>
        <translation>Check the disk that holds {folder}.</translation>
    </message>
    <message>
        <source>This cannot be recorded: {reason}.</source>
        <translation>This cannot be recorded: {reason}.</translation>
    </message>
    <message>
        <source>`afterword record --help`.</source>
        <translation>`afterword record --help`.</translation>
    </message>
    <message>
        <source>The recorder stopped unexpectedly.</source>
        <translation>The recorder stopped unexpectedly.</translation>
    </message>
    <message>
        <source>What was recorded until then was saved and is listed by `afterword recordings`; the log is {log}.</source>
        <translation>What was recorded until then was saved and is listed by `afterword recordings`; the log is {log}.</translation>
    </message>
    <message>
        <source>The recorder stopped unexpectedly, and nothing that it recorded can be played.</source>
        <translation>The recorder stopped unexpectedly, and nothing that it recorded can be played.</translation>
    </message>
    <message>
        <source>What there is lies in {folder}; the log is {log}.</source>
        <translation>What there is lies in {folder}; the log is {log}.</translation>
    </message>
    <message>
        <source>The recorder did not answer any more, and was ended.</source>
        <translation>The recorder did not answer any more, and was ended.</translation>
    </message>
    <message>
        <source>What it recorded is on the disk, and is saved when Afterword is started again.</source>
        <translation>What it recorded is on the disk, and is saved when Afterword is started again.</translation>
    </message>
    <message>
        <source>The recorder could not be started: {reason}.</source>
        <translation>The recorder could not be started: {reason}.</translation>
    </message>
    <message>
        <source>The log is {log}.</source>
        <translation>The log is {log}.</translation>
    </message>
    <message>
        <source>There is no recording {id}.</source>
        <translation>There is no recording {id}.</translation>
    </message>
    <message>
        <source>`afterword recordings` lists them.</source>
        <translation>`afterword recordings` lists them.</translation>
    </message>
    <message>
        <source>Recording {id} is still running.</source>
        <translation>Recording {id} is still running.</translation>
    </message>
    <message>
        <source>Stop it first.</source>
        <translation>Stop it first.</translation>
    </message>
    <message>
        <source>The recording&apos;s manifest cannot be read: {path}.</source>
        <translation>The recording&apos;s manifest cannot be read: {path}.</translation>
    </message>
    <message>
        <source>Its media files are untouched beside it.</source>
        <translation>Its media files are untouched beside it.</translation>
    </message>
    <message>
        <source>The recording&apos;s manifest does not say what a delivery needs: {reason}.</source>
        <translation>The recording&apos;s manifest does not say what a delivery needs: {reason}.</translation>
    </message>
    <message>
        <source>Its media files are untouched beside it; `afterword verify` tells which are whole.</source>
        <translation>Its media files are untouched beside it; `afterword verify` tells which are whole.</translation>
    </message>
    <message>
        <source>The recording was made by a newer Afterword: {path}.</source>
        <translation>The recording was made by a newer Afterword: {path}.</translation>
    </message>
    <message>
        <source>Update Afterword to work with it.</source>
        <translation>Update Afterword to work with it.</translation>
    </message>
    <message>
        <source>{path} was changed: {recorded} bytes were recorded, {found} are there.</source>
        <translation>{path} was changed: {recorded} bytes were recorded, {found} are there.</translation>
    </message>
    <message>
        <source>What a backend was delivered before is still as it was recorded; `afterword show ID` tells where.</source>
        <translation>What a backend was delivered before is still as it was recorded; `afterword show ID` tells where.</translation>
    </message>
    <message>
        <source>{path} is missing.</source>
        <translation>{path} is missing.</translation>
    </message>
    <message>
        <source>Put it back, or take it from the backend that it was delivered to.</source>
        <translation>Put it back, or take it from the backend that it was delivered to.</translation>
    </message>
    <message>
        <source>{path} cannot be read: {reason}.</source>
        <translation>{path} cannot be read: {reason}.</translation>
    </message>
    <message>
        <source>Check the disk and the rights of the file.</source>
        <translation>Check the disk and the rights of the file.</translation>
    </message>
    <message>
        <source>There is no file {path}.</source>
        <translation>There is no file {path}.</translation>
    </message>
    <message>
        <source>Check its name.</source>
        <translation>Check its name.</translation>
    </message>
    <message>
        <source>{path} cannot be mended: {reason}.</source>
        <translation>{path} cannot be mended: {reason}.</translation>
    </message>
    <message>
        <source>It is left as it was. If it is a copy, the one that it was copied from may be whole.</source>
        <translation>It is left as it was. If it is a copy, the one that it was copied from may be whole.</translation>
    </message>
    <message>
        <source>{path} has no index, and no fragments from which one could be made.</source>
        <translation>{path} has no index, and no fragments from which one could be made.</translation>
    </message>
    <message>
        <source>Its recorder kept the index until the end. A tool that borrows the index of another recording of the same device may help; the file is left as it was.</source>
        <translation>Its recorder kept the index until the end. A tool that borrows the index of another recording of the same device may help; the file is left as it was.</translation>
    </message>
    <message>
        <source>{path} is there already, and is left as it is.</source>
        <translation>{path} is there already, and is left as it is.</translation>
    </message>
    <message>
        <source>Choose another name with -o.</source>
        <translation>Choose another name with -o.</translation>
    </message>
    <message>
        <source>The recording in {folder} could not be recovered: {reason}.</source>
        <translation>The recording in {folder} could not be recovered: {reason}.</translation>
    </message>
    <message>
        <source>Its files are untouched. `python -m capture recover {folder}` says more.</source>
        <translation>Its files are untouched. `python -m capture recover {folder}` says more.</translation>
    </message>
    <message>
        <source>Not every file is as it was recorded.</source>
        <translation>Not every file is as it was recorded.</translation>
    </message>
    <message>
        <source>Each of them is named above.</source>
        <translation>Each of them is named above.</translation>
    </message>
    <message>
        <source>The list of deliveries cannot be kept: {reason}.</source>
        <translation>The list of deliveries cannot be kept: {reason}.</translation>
    </message>
    <message>
        <source>Check the disk and its rights.</source>
        <translation>Check the disk and its rights.</translation>
    </message>
    <message>
        <source>The destination does not accept the API key.</source>
        <translation>The destination does not accept the API key.</translation>
    </message>
    <message>
        <source>Give a key of that backend to `afterword key URL`, or in AFTERWORD_API_KEY, then `afterword deliver`. The recording is safe here.</source>
        <translation>Give a key of that backend to `afterword key URL`, or in AFTERWORD_API_KEY, then `afterword deliver`. The recording is safe here.</translation>
    </message>
    <message>
        <source>There is no API key for {destination}.</source>
        <translation>There is no API key for {destination}.</translation>
    </message>
    <message>
        <source>No key was given.</source>
        <translation>No key was given.</translation>
    </message>
    <message>
        <source>Type it when it is asked for, or send it to standard input.</source>
        <translation>Type it when it is asked for, or send it to standard input.</translation>
    </message>
    <message>
        <source>The file of API keys cannot be read: {path}.</source>
        <translation>The file of API keys cannot be read: {path}.</translation>
    </message>
    <message>
        <source>Mend or remove it, or set AFTERWORD_API_KEY. The recording is safe here.</source>
        <translation>Mend or remove it, or set AFTERWORD_API_KEY. The recording is safe here.</translation>
    </message>
    <message>
        <source>The destination cannot be reached.</source>
        <translation>The destination cannot be reached.</translation>
    </message>
    <message>
        <source>The recording is safe on this machine; `afterword deliver` sends it when the network is back.</source>
        <translation>The recording is safe on this machine; `afterword deliver` sends it when the network is back.</translation>
    </message>
    <message>
        <source>The delivery was stopped.</source>
        <translation>The delivery was stopped.</translation>
    </message>
    <message>
        <source>`afterword deliver` goes on where it was. The recording is safe here.</source>
        <translation>`afterword deliver` goes on where it was. The recording is safe here.</translation>
    </message>
    <message>
        <source>What {destination} holds is not what was recorded.</source>
        <translation>What {destination} holds is not what was recorded.</translation>
    </message>
    <message>
        <source>`afterword deliver ID` sends it again.</source>
        <translation>`afterword deliver ID` sends it again.</translation>
    </message>
    <message>
        <source>{destination} does not hold the whole recording any more.</source>
        <translation>{destination} does not hold the whole recording any more.</translation>
    </message>
    <message>
        <source>`afterword deliver ID` sends it again, unless it was deleted there.</source>
        <translation>`afterword deliver ID` sends it again, unless it was deleted there.</translation>
    </message>
    <message>
        <source>Another program is sending it just now.</source>
        <translation>Another program is sending it just now.</translation>
    </message>
    <message>
        <source>`afterword show ID` tells how far it has come.</source>
        <translation>`afterword show ID` tells how far it has come.</translation>
    </message>
    <message>
        <source>The recording is still being made.</source>
        <translation>The recording is still being made.</translation>
    </message>
    <message>
        <source>It is delivered when it has ended.</source>
        <translation>It is delivered when it has ended.</translation>
    </message>
    <message>
        <source>Sound and picture of the recording are not on this machine any more.</source>
        <translation>Sound and picture of the recording are not on this machine any more.</translation>
    </message>
    <message>
        <source>`afterword show ID` tells where they were delivered to.</source>
        <translation>`afterword show ID` tells where they were delivered to.</translation>
    </message>
    <message>
        <source>Deliveries are paused.</source>
        <translation>Deliveries are paused.</translation>
    </message>
    <message>
        <source>`afterword deliver --resume` lets them go on. The recording is safe here.</source>
        <translation>`afterword deliver --resume` lets them go on. The recording is safe here.</translation>
    </message>
    <message>
        <source>It waits for a network that does not cost by the amount.</source>
        <translation>It waits for a network that does not cost by the amount.</translation>
    </message>
    <message>
        <source>`afterword deliver --now` sends all the same; `afterword config set metered_network send` always.</source>
        <translation>`afterword deliver --now` sends all the same; `afterword config set metered_network send` always.</translation>
    </message>
    <message>
        <source>It waits until the machine is plugged in.</source>
        <translation>It waits until the machine is plugged in.</translation>
    </message>
    <message>
        <source>`afterword deliver --now` sends all the same; `afterword config set battery send` always.</source>
        <translation>`afterword deliver --now` sends all the same; `afterword config set battery send` always.</translation>
    </message>
    <message>
        <source>It waits for its time of day.</source>
        <translation>It waits for its time of day.</translation>
    </message>
    <message>
        <source>`afterword deliver --now` sends all the same; `afterword config get delivery_hours` tells when it goes.</source>
        <translation>`afterword deliver --now` sends all the same; `afterword config get delivery_hours` tells when it goes.</translation>
    </message>
    <message>
        <source>This network wants somebody to log in before it lets anything through.</source>
        <translation>This network wants somebody to log in before it lets anything through.</translation>
    </message>
    <message>
        <source>Open a web page in a browser and log in. The recording is safe here and is sent after that.</source>
        <translation>Open a web page in a browser and log in. The recording is safe here and is sent after that.</translation>
    </message>
    <message>
        <source>The destination&apos;s certificate is not trusted: {reason}.</source>
        <translation>The destination&apos;s certificate is not trusted: {reason}.</translation>
    </message>
    <message>
        <source>Check this machine&apos;s date and time. A server with a certificate authority of its own needs --ca-file.</source>
        <translation>Check this machine&apos;s date and time. A server with a certificate authority of its own needs --ca-file.</translation>
    </message>
    <message>
        <source>The proxy does not let us through: {reason}.</source>
        <translation>The proxy does not let us through: {reason}.</translation>
    </message>
    <message>
        <source>Check HTTPS_PROXY and the proxy&apos;s own user and password. The recording is safe here.</source>
        <translation>Check HTTPS_PROXY and the proxy&apos;s own user and password. The recording is safe here.</translation>
    </message>
    <message>
        <source>The destination does not take this recording (HTTP {status}).</source>
        <translation>The destination does not take this recording (HTTP {status}).</translation>
    </message>
    <message>
        <source>Check its address with `afterword deliver --destination URL`. The recording is safe here.</source>
        <translation>Check its address with `afterword deliver --destination URL`. The recording is safe here.</translation>
    </message>
    <message>
        <source>The recording was deleted at the destination, which does not take it again.</source>
        <translation>The recording was deleted at the destination, which does not take it again.</translation>
    </message>
    <message>
        <source>It is still whole on this machine: `afterword deliver ID --destination URL` sends it elsewhere.</source>
        <translation>It is still whole on this machine: `afterword deliver ID --destination URL` sends it elsewhere.</translation>
    </message>
    <message>
        <source>The destination holds a recording of somebody else under the same id.</source>
        <translation>The destination holds a recording of somebody else under the same id.</translation>
    </message>
    <message>
        <source>Use the key it was delivered with before, in AFTERWORD_API_KEY.</source>
        <translation>Use the key it was delivered with before, in AFTERWORD_API_KEY.</translation>
    </message>
    <message>
        <source>The upload that was prepared at the destination is not there any more.</source>
        <translation>The upload that was prepared at the destination is not there any more.</translation>
    </message>
    <message>
        <source>Ask whoever prepared it for another address. The recording is safe here.</source>
        <translation>Ask whoever prepared it for another address. The recording is safe here.</translation>
    </message>
    <message>
        <source>A file of the recording is larger than the destination takes.</source>
        <translation>A file of the recording is larger than the destination takes.</translation>
    </message>
    <message>
        <source>Ask whoever runs it for a higher limit, or deliver elsewhere with --destination. The recording is safe here.</source>
        <translation>Ask whoever runs it for a higher limit, or deliver elsewhere with --destination. The recording is safe here.</translation>
    </message>
    <message>
        <source>The destination has trouble of its own.</source>
        <translation>The destination has trouble of its own.</translation>
    </message>
    <message>
        <source>The recording is safe on this machine; try `afterword deliver` later.</source>
        <translation>The recording is safe on this machine; try `afterword deliver` later.</translation>
    </message>
    <message>
        <source>What answers there is no recordings backend (HTTP {status}).</source>
        <translation>What answers there is no recordings backend (HTTP {status}).</translation>
    </message>
    <message>
        <source>Check its address. It is tried again anyway.</source>
        <translation>Check its address. It is tried again anyway.</translation>
    </message>
    <message>
        <source>The destination has no room left.</source>
        <translation>The destination has no room left.</translation>
    </message>
    <message>
        <source>Free some there, then `afterword deliver`. The recording is safe here.</source>
        <translation>Free some there, then `afterword deliver`. The recording is safe here.</translation>
    </message>
    <message>
        <source>{reason} is no address to deliver to.</source>
        <translation>{reason} is no address to deliver to.</translation>
    </message>
    <message>
        <source>Give a URL that begins with http:// or https://.</source>
        <translation>Give a URL that begins with http:// or https://.</translation>
    </message>
    <message>
        <source>Live events cannot go where --realtime says: {reason}.</source>
        <translation>Live events cannot go where --realtime says: {reason}.</translation>
    </message>
    <message>
        <source>Give a webhook (https://…) or a websocket (wss://…), and events as --realtime-events lists them.</source>
        <translation>Give a webhook (https://…) or a websocket (wss://…), and events as --realtime-events lists them.</translation>
    </message>
    <message>
        <source>The secret for webhooks cannot be used.</source>
        <translation>The secret for webhooks cannot be used.</translation>
    </message>
    <message>
        <source>It is whsec_ and at least 16 bytes in Base64: AFTERWORD_WEBHOOK_SECRET, else the keyring&apos;s or the file&apos;s.</source>
        <translation>It is whsec_ and at least 16 bytes in Base64: AFTERWORD_WEBHOOK_SECRET, else the keyring&apos;s or the file&apos;s.</translation>
    </message>
    <message>
        <source>The {kind} number {number} was given up ({reason}); events that did not arrive: {unsent} or more.</source>
        <translation>The {kind} number {number} was given up ({reason}); events that did not arrive: {unsent} or more.</translation>
    </message>
    <message>
        <source>The recording is complete all the same. See whether the other end was running.</source>
        <translation>The recording is complete all the same. See whether the other end was running.</translation>
    </message>
    <message>
        <source>What the destination holds is not what was recorded.</source>
        <translation>What the destination holds is not what was recorded.</translation>
    </message>
    <message>
        <source>Run `afterword deliver` again; the recording is safe here.</source>
        <translation>Run `afterword deliver` again; the recording is safe here.</translation>
    </message>
    <message>
        <source>A file of the recording was changed after it was recorded: {path}.</source>
        <translation>A file of the recording was changed after it was recorded: {path}.</translation>
    </message>
    <message>
        <source>`afterword verify` tells which.</source>
        <translation>`afterword verify` tells which.</translation>
    </message>
    <message>
        <source>The S3 store cannot be used: {reason}.</source>
        <translation>The S3 store cannot be used: {reason}.</translation>
    </message>
    <message>
        <source>Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; `pip install &apos;afterword[s3]&apos;`: packages (.deb, …) come without.</source>
        <translation>Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; `pip install &apos;afterword[s3]&apos;`: packages (.deb, …) come without.</translation>
    </message>
    <message>
        <source>The database cannot be used: {reason}.</source>
        <translation>The database cannot be used: {reason}.</translation>
    </message>
    <message>
        <source>For PostgreSQL: `pip install &apos;afterword[postgres]&apos;`, for packages (.deb, …) come without; one signing_key for all folders.</source>
        <translation>For PostgreSQL: `pip install &apos;afterword[postgres]&apos;`, for packages (.deb, …) come without; one signing_key for all folders.</translation>
    </message>
    <message>
        <source>{option} cannot be used: {reason}.</source>
        <translation>{option} cannot be used: {reason}.</translation>
    </message>
    <message>
        <source>Give postgresql://… or s3://bucket. Passwords go into AFTERWORD_DATABASE_URL or PGPASSFILE, keys into AWS_….</source>
        <translation>Give postgresql://… or s3://bucket. Passwords go into AFTERWORD_DATABASE_URL or PGPASSFILE, keys into AWS_….</translation>
    </message>
    <message>
        <source>Port {port} on {host} is in use.</source>
        <translation>Port {port} on {host} is in use.</translation>
    </message>
    <message>
        <source>Choose another with --port, or leave it out to take a free one.</source>
        <translation>Choose another with --port, or leave it out to take a free one.</translation>
    </message>
    <message>
        <source>The backend cannot listen on {host}, port {port}: {reason}.</source>
        <translation>The backend cannot listen on {host}, port {port}: {reason}.</translation>
    </message>
    <message>
        <source>Give --host an address of this machine.</source>
        <translation>Give --host an address of this machine.</translation>
    </message>
    <message>
        <source>The backend cannot keep its data in {folder}: {reason}.</source>
        <translation>The backend cannot keep its data in {folder}: {reason}.</translation>
    </message>
    <message>
        <source>Free some room there, and see to its rights; `afterword serve` takes another folder with --data.</source>
        <translation>Free some room there, and see to its rights; `afterword serve` takes another folder with --data.</translation>
    </message>
    <message>
        <source>PortAudio finds no microphone</source>
        <translation>PortAudio finds no microphone</translation>
    </message>
    <message>
        <source>Windows has no loudspeaker</source>
        <translation>Windows has no loudspeaker</translation>
    </message>
    <message>
        <source>Windows lacks its library of power</source>
        <translation>Windows lacks its library of power</translation>
    </message>
    <message>
        <source>it ended the connection</source>
        <translation>it ended the connection</translation>
    </message>
    <message>
        <source>it is no JSON</source>
        <translation>it is no JSON</translation>
    </message>
    <message>
        <source>it is no object</source>
        <translation>it is no object</translation>
    </message>
    <message>
        <source>it makes the decoder crash</source>
        <translation>it makes the decoder crash</translation>
    </message>
    <message>
        <source>it shows nothing</source>
        <translation>it shows nothing</translation>
    </message>
    <message>
        <source>its address is none</source>
        <translation>its address is none</translation>
    </message>
    <message>
        <source>libpulse cannot be loaded</source>
        <translation>libpulse cannot be loaded</translation>
    </message>
    <message>
        <source>macOS does not tell of sleep</source>
        <translation>macOS does not tell of sleep</translation>
    </message>
    <message>
        <source>macOS lacks its library of power</source>
        <translation>macOS lacks its library of power</translation>
    </message>
    <message>
        <source>macOS lists no windows</source>
        <translation>macOS lists no windows</translation>
    </message>
    <message>
        <source>no X server answers</source>
        <translation>no X server answers</translation>
    </message>
    <message>
        <source>no accessibility bus</source>
        <translation>no accessibility bus</translation>
    </message>
    <message>
        <source>no sound server</source>
        <translation>no sound server</translation>
    </message>
    <message>
        <source>no such loudspeaker</source>
        <translation>no such loudspeaker</translation>
    </message>
    <message>
        <source>no such microphone</source>
        <translation>no such microphone</translation>
    </message>
    <message>
        <source>nothing in it can be played</source>
        <translation>nothing in it can be played</translation>
    </message>
    <message>
        <source>only a whole screen is handed out</source>
        <translation>only a whole screen is handed out</translation>
    </message>
    <message>
        <source>only what is on the primary screen is handed out</source>
        <translation>only what is on the primary screen is handed out</translation>
    </message>
    <message>
        <source>single windows cannot be recorded on this system</source>
        <translation>single windows cannot be recorded on this system</translation>
    </message>
    <message>
        <source>the X server cannot reach it</source>
        <translation>the X server cannot reach it</translation>
    </message>
    <message>
        <source>the accessibility bus is closed</source>
        <translation>the accessibility bus is closed</translation>
    </message>
    <message>
        <source>the accessibility bus is gone</source>
        <translation>the accessibility bus is gone</translation>
    </message>
    <message>
        <source>the desktop itself asks which one to share</source>
        <translation>the desktop itself asks which one to share</translation>
    </message>
    <message>
        <source>the echo canceller is not installed</source>
        <translation>the echo canceller is not installed</translation>
    </message>
    <message>
        <source>the part that listens to what Windows plays is not installed</source>
        <translation>the part that listens to what Windows plays is not installed</translation>
    </message>
    <message>
        <source>the part that listens to what macOS plays is not installed</source>
        <translation>the part that listens to what macOS plays is not installed</translation>
    </message>
    <message>
        <source>the picture cannot be read</source>
        <translation>the picture cannot be read</translation>
    </message>
    <message>
        <source>the process that was to recover it died</source>
        <translation>the process that was to recover it died</translation>
    </message>
    <message>
        <source>the region is not on the desktop</source>
        <translation>the region is not on the desktop</translation>
    </message>
    <message>
        <source>the screen is not handed out any more</source>
        <translation>the screen is not handed out any more</translation>
    </message>
    <message>
        <source>the screen is not handed out</source>
        <translation>the screen is not handed out</translation>
    </message>
    <message>
        <source>the screen is not open</source>
        <translation>the screen is not open</translation>
    </message>
    <message>
        <source>the sound of its sides is not on this machine</source>
        <translation>the sound of its sides is not on this machine</translation>
    </message>
    <message>
        <source>the system does not answer</source>
        <translation>the system does not answer</translation>
    </message>
    <message>
        <source>the window is too small to be recorded</source>
        <translation>the window is too small to be recorded</translation>
    </message>
    <message>
        <source>the window shows nothing</source>
        <translation>the window shows nothing</translation>
    </message>
    <message>
        <source>the window was closed</source>
        <translation>the window was closed</translation>
    </message>
    <message>
        <source>there is no system bus</source>
        <translation>there is no system bus</translation>
    </message>
    <message>
        <source>there is nothing to record</source>
        <translation>there is nothing to record</translation>
    </message>
    <message>
        <source>titles of windows need the permission to record the screen</source>
        <translation>titles of windows need the permission to record the screen</translation>
    </message>
    <message>
        <source>Check its cable or wireless link. The recording goes on, and takes it up again by itself.</source>
        <translation>Check its cable or wireless link. The recording goes on, and takes it up again by itself.</translation>
    </message>
    <message>
        <source>The transcript could not be made: {reason}.</source>
        <translation>The transcript could not be made: {reason}.</translation>
    </message>
    <message>
        <source>The recording is as good as before; `afterword transcribe ID` goes on where it stopped.</source>
        <translation>The recording is as good as before; `afterword transcribe ID` goes on where it stopped.</translation>
    </message>
    <message>
        <source>The program that makes the transcript ended unexpectedly.</source>
        <translation>The program that makes the transcript ended unexpectedly.</translation>
    </message>
    <message>
        <source>The recording is as good as before; `afterword transcribe ID` goes on where it stopped. The log is {log}.</source>
        <translation>The recording is as good as before; `afterword transcribe ID` goes on where it stopped. The log is {log}.</translation>
    </message>
    <message>
        <source>No transcription engine is chosen.</source>
        <translation>No transcription engine is chosen.</translation>
    </message>
    <message>
        <source>Choose one: `afterword config set transcription_engine NAME`, or --engine for once. There is: {known}.</source>
        <translation>Choose one: `afterword config set transcription_engine NAME`, or --engine for once. There is: {known}.</translation>
    </message>
    <message>
        <source>Words are not told while they are spoken: the engine that is set cannot do that.</source>
        <translation>Words are not told while they are spoken: the engine that is set cannot do that.</translation>
    </message>
    <message>
        <source>`afterword config set transcription_engine NAME`, with one of {known}; or set live_transcript to off.</source>
        <translation>`afterword config set transcription_engine NAME`, with one of {known}; or set live_transcript to off.</translation>
    </message>
    <message>
        <source>The transcription engine {engine} is not installed.</source>
        <translation>The transcription engine {engine} is not installed.</translation>
    </message>
    <message>
        <source>pip install &apos;afterword[{extra}]&apos; adds it where pip has installed Afterword; packages (.deb, …) have whisper_cpp.</source>
        <translation>pip install &apos;afterword[{extra}]&apos; adds it where pip has installed Afterword; packages (.deb, …) have whisper_cpp.</translation>
    </message>
    <message>
        <source>The transcription engine {engine} cannot work: {reason}.</source>
        <translation>The transcription engine {engine} cannot work: {reason}.</translation>
    </message>
    <message>
        <source>Check --model, or `afterword config get transcription_model` and `transcription_url`.</source>
        <translation>Check --model, or `afterword config get transcription_model` and `transcription_url`.</translation>
    </message>
    <message>
        <source>There is nothing to transcribe: {reason}.</source>
        <translation>There is nothing to transcribe: {reason}.</translation>
    </message>
    <message>
        <source>Only recordings whose sound is on this machine can be transcribed.</source>
        <translation>Only recordings whose sound is on this machine can be transcribed.</translation>
    </message>
    <message>
        <source>The transcription service could not do it: {reason}.</source>
        <translation>The transcription service could not do it: {reason}.</translation>
    </message>
    <message>
        <source>The transcription service cannot be reached: {reason}.</source>
        <translation>The transcription service cannot be reached: {reason}.</translation>
    </message>
    <message>
        <source>The transcription service did not answer in time.</source>
        <translation>The transcription service did not answer in time.</translation>
    </message>
    <message>
        <source>The transcription service takes no more requests for now.</source>
        <translation>The transcription service takes no more requests for now.</translation>
    </message>
    <message>
        <source>Wait a while. The recording is as good as before; `afterword transcribe ID` goes on where it stopped.</source>
        <translation>Wait a while. The recording is as good as before; `afterword transcribe ID` goes on where it stopped.</translation>
    </message>
    <message>
        <source>The transcription service has trouble of its own: {reason}.</source>
        <translation>The transcription service has trouble of its own: {reason}.</translation>
    </message>
    <message>
        <source>The transcription service does not take it: {reason}.</source>
        <translation>The transcription service does not take it: {reason}.</translation>
    </message>
    <message>
        <source>Check its key (`afterword key URL`), its address and the model. The recording is as good as before; `afterword transcribe ID` goes on where it stopped.</source>
        <translation>Check its key (`afterword key URL`), its address and the model. The recording is as good as before; `afterword transcribe ID` goes on where it stopped.</translation>
    </message>
    <message>
        <source>The transcription service&apos;s answer makes no sense: {reason}.</source>
        <translation>The transcription service&apos;s answer makes no sense: {reason}.</translation>
    </message>
    <message>
        <source>The transcription was stopped.</source>
        <translation>The transcription was stopped.</translation>
    </message>
    <message>
        <source>`afterword transcribe {id}` goes on where it was.</source>
        <translation>`afterword transcribe {id}` goes on where it was.</translation>
    </message>
    <message>
        <source>{path} is no transcript.</source>
        <translation>{path} is no transcript.</translation>
    </message>
    <message>
        <source>Begin with what `afterword transcript ID --format json` gives.</source>
        <translation>Begin with what `afterword transcript ID --format json` gives.</translation>
    </message>
    <message>
        <source>The index for searching cannot be used: {reason}.</source>
        <translation>The index for searching cannot be used: {reason}.</translation>
    </message>
    <message>
        <source>Delete {path}; it is made anew.</source>
        <translation>Delete {path}; it is made anew.</translation>
    </message>
    <message>
        <source>There is no transcript {id}.</source>
        <translation>There is no transcript {id}.</translation>
    </message>
    <message>
        <source>`afterword transcribe ID` makes one.</source>
        <translation>`afterword transcribe ID` makes one.</translation>
    </message>
    <message>
        <source>The model {model} cannot be had: {reason}.</source>
        <translation>The model {model} cannot be had: {reason}.</translation>
    </message>
    <message>
        <source>`afterword models list` shows how things stand.</source>
        <translation>`afterword models list` shows how things stand.</translation>
    </message>
    <message>
        <source>There is no model {model}.</source>
        <translation>There is no model {model}.</translation>
    </message>
    <message>
        <source>There is: {known}.</source>
        <translation>There is: {known}.</translation>
    </message>
    <message>
        <source>Another program downloads or removes a model right now.</source>
        <translation>Another program downloads or removes a model right now.</translation>
    </message>
    <message>
        <source>Try again when it has ended.</source>
        <translation>Try again when it has ended.</translation>
    </message>
    <message>
        <source>The model {model} cannot be downloaded: {reason}.</source>
        <translation>The model {model} cannot be downloaded: {reason}.</translation>
    </message>
    <message>
        <source>`afterword models download {model}` goes on where it stopped.</source>
        <translation>`afterword models download {model}` goes on where it stopped.</translation>
    </message>
    <message>
        <source>The model {model} did not come as it is meant to be: {reason}.</source>
        <translation>The model {model} did not come as it is meant to be: {reason}.</translation>
    </message>
    <message>
        <source>What was wrong is deleted; `afterword models download {model}` fetches it again.</source>
        <translation>What was wrong is deleted; `afterword models download {model}` fetches it again.</translation>
    </message>
    <message>
        <source>The download was stopped.</source>
        <translation>The download was stopped.</translation>
    </message>
    <message>
        <source>`afterword models download {model}` goes on where it was.</source>
        <translation>`afterword models download {model}` goes on where it was.</translation>
    </message>
    <message>
        <source>Run the command again; if it stays so, please report it with these words.</source>
        <translation>Run the command again; if it stays so, please report it with these words.</translation>
    </message>
    <message>
        <source>Pictures are encoded by the processor, through {codec}.{why}</source>
        <translation>Pictures are encoded by the processor, through {codec}.{why}</translation>
    </message>
    <message>
        <source>Install the graphics card&apos;s driver, or choose another profile.</source>
        <translation>Install the graphics card&apos;s driver, or choose another profile.</translation>
    </message>
    <message>
        <source>{size} pixels through {means}</source>
        <translation>{size} pixels through {means}</translation>
    </message>
    <message>
        <source>{device} delivers nothing but zeros: it is muted, or not connected.</source>
        <translation>{device} delivers nothing but zeros: it is muted, or not connected.</translation>
    </message>
    <message>
        <source>Unmute it, by a switch of its own or in the sound settings.</source>
        <translation>Unmute it, by a switch of its own or in the sound settings.</translation>
    </message>
    <message>
        <source>A test tone was played and did not come back: the others would be missing.</source>
        <translation>A test tone was played and did not come back: the others would be missing.</translation>
    </message>
    <message>
        <source>Unmute the loudspeaker and stop what is playing, then try again; a muted one is recorded as silence.</source>
        <translation>Unmute the loudspeaker and stop what is playing, then try again; a muted one is recorded as silence.</translation>
    </message>
    <message>
        <source>Headphones keep the others out of it; without them they are recorded twice.</source>
        <translation>Headphones keep the others out of it; without them they are recorded twice.</translation>
    </message>
    <message>
        <source>{free} GB are free for recordings in {folder}, enough for {time}.</source>
        <translation>{free} GB are free for recordings in {folder}, enough for {time}.</translation>
    </message>
    <message>
        <source>Free some room, or choose another folder for recordings in the settings.</source>
        <translation>Free some room, or choose another folder for recordings in the settings.</translation>
    </message>
    <message>
        <source>The machine stays awake while it records, and a sleep that is asked for waits.</source>
        <translation>The machine stays awake while it records, and a sleep that is asked for waits.</translation>
    </message>
    <message>
        <source> Not by others: {reason}.</source>
        <translation> Not by others: {reason}.</translation>
    </message>
    <message>
        <source>Pictures are encoded by the graphics card, through {codec}.{why}</source>
        <translation>Pictures are encoded by the graphics card, through {codec}.{why}</translation>
    </message>
    <message>
        <source> Not by the best means: {reason}.</source>
        <translation> Not by the best means: {reason}.</translation>
    </message>
    <message>
        <source>Wake the screen, or allow Afterword to record it in the system&apos;s privacy settings.</source>
        <translation>Wake the screen, or allow Afterword to record it in the system&apos;s privacy settings.</translation>
    </message>
    <message>
        <source>The screen can be recorded: {how}.{why}</source>
        <translation>The screen can be recorded: {how}.{why}</translation>
    </message>
    <message>
        <source>{device} is there, but delivers nothing.</source>
        <translation>{device} is there, but delivers nothing.</translation>
    </message>
    <message>
        <source>Check its cable or its wireless link, or choose another with `afterword devices`.</source>
        <translation>Check its cable or its wireless link, or choose another with `afterword devices`.</translation>
    </message>
    <message>
        <source>{device} delivers, at {level} dBFS now.</source>
        <translation>{device} delivers, at {level} dBFS now.</translation>
    </message>
    <message>
        <source>No test tone could be played: {reason}.</source>
        <translation>No test tone could be played: {reason}.</translation>
    </message>
    <message>
        <source>A test tone was played, but there is nothing that could record it.</source>
        <translation>A test tone was played, but there is nothing that could record it.</translation>
    </message>
    <message>
        <source>The microphone hears the loudspeaker.</source>
        <translation>The microphone hears the loudspeaker.</translation>
    </message>
    <message>
        <source>Speech is told from music and noise.</source>
        <translation>Speech is told from music and noise.</translation>
    </message>
    <message>
        <source>The recordings backend on this machine is made with the first recording.</source>
        <translation>The recordings backend on this machine is made with the first recording.</translation>
    </message>
    <message>
        <source>The recordings backend on this machine is ready.</source>
        <translation>The recordings backend on this machine is ready.</translation>
    </message>
    <message>
        <source>{engine} makes no transcripts without its key.</source>
        <translation>{engine} makes no transcripts without its key.</translation>
    </message>
    <message>
        <source>`afterword key {url}` keeps it on this machine.</source>
        <translation>`afterword key {url}` keeps it on this machine.</translation>
    </message>
    <message>
        <source>Transcripts are made by {engine}.</source>
        <translation>Transcripts are made by {engine}.</translation>
    </message>
    <message>
        <source>{destination} would take recordings.</source>
        <translation>{destination} would take recordings.</translation>
    </message>
    <message>
        <source>The screen is all black: {how}.{why}</source>
        <translation>The screen is all black: {how}.{why}</translation>
    </message>
    <message>
        <source>{device} delivers; nothing plays now.</source>
        <translation>{device} delivers; nothing plays now.</translation>
    </message>
    <message>
        <source>Check the loudspeaker.</source>
        <translation>Check the loudspeaker.</translation>
    </message>
    <message>
        <source>What this machine plays is recorded: a test tone came back.</source>
        <translation>What this machine plays is recorded: a test tone came back.</translation>
    </message>
    <message>
        <source>The microphone does not hear the loudspeaker.</source>
        <translation>The microphone does not hear the loudspeaker.</translation>
    </message>
    <message>
        <source>Sleep of this machine is not watched: {reason}.</source>
        <translation>Sleep of this machine is not watched: {reason}.</translation>
    </message>
    <message>
        <source>Keep the machine awake during a meeting; a sleep may cost the last second before it.</source>
        <translation>Keep the machine awake during a meeting; a sleep may cost the last second before it.</translation>
    </message>
    <message>
        <source>No transcripts are made: no engine is chosen for them.</source>
        <translation>No transcripts are made: no engine is chosen for them.</translation>
    </message>
    <message>
        <source>The sound server is {name}.</source>
        <translation>The sound server is {name}.</translation>
    </message>
    <message>
        <source>it is inside a recording</source>
        <translation>it is inside a recording</translation>
    </message>
    <message>
        <source>nothing can be written there</source>
        <translation>nothing can be written there</translation>
    </message>
    <message>
        <source>its disk knows no locks</source>
        <translation>its disk knows no locks</translation>
    </message>
    <message>
        <source>{refusal}: {reason}</source>
        <translation>{refusal}: {reason}</translation>
    </message>
    <message>
        <source>it must be like `zoom=always, slack=off`, each with one of {known}</source>
        <translation>it must be like `zoom=always, slack=off`, each with one of {known}</translation>
    </message>
    <message>
        <source>The disk has room again: the picture is recorded in full.</source>
        <translation>The disk has room again: the picture is recorded in full.</translation>
    </message>
    <message>
        <source>The disk is nearly full: the picture is recorded with less detail. The sound is complete.</source>
        <translation>The disk is nearly full: the picture is recorded with less detail. The sound is complete.</translation>
    </message>
    <message>
        <source>The disk is nearly full: the picture stands still to leave room for the sound.</source>
        <translation>The disk is nearly full: the picture stands still to leave room for the sound.</translation>
    </message>
    <message>
        <source>The disk is full: the recording ends while it can still be closed.</source>
        <translation>The disk is full: the recording ends while it can still be closed.</translation>
    </message>
    <message>
        <source>less than two minutes</source>
        <translation>less than two minutes</translation>
    </message>
    <message>
        <source>about {count} hours</source>
        <translation>about {count} hours</translation>
    </message>
    <message>
        <source>about {count} minutes</source>
        <translation>about {count} minutes</translation>
    </message>
    <message>
        <source>it must be a whole number</source>
        <translation>it must be a whole number</translation>
    </message>
    <message>
        <source>it must be text in quotation marks</source>
        <translation>it must be text in quotation marks</translation>
    </message>
    <message>
        <source>it must be the id of a device, `default` or `none`</source>
        <translation>it must be the id of a device, `default` or `none`</translation>
    </message>
    <message>
        <source>it must be the id of a screen, `all`, `none`, `window:ID` or `region:X,Y,WIDTH,HEIGHT`</source>
        <translation>it must be the id of a screen, `all`, `none`, `window:ID` or `region:X,Y,WIDTH,HEIGHT`</translation>
    </message>
    <message>
        <source>it must be from 1 to {most}</source>
        <translation>it must be from 1 to {most}</translation>
    </message>
    <message>
        <source>it must be `{local}`, or a URL that begins with http:// or https:// and holds no password</source>
        <translation>it must be `{local}`, or a URL that begins with http:// or https:// and holds no password</translation>
    </message>
    <message>
        <source>it must be one of {known}</source>
        <translation>it must be one of {known}</translation>
    </message>
    <message>
        <source>it must be at least {least} bytes a second, or 0 for no limit</source>
        <translation>it must be at least {least} bytes a second, or 0 for no limit</translation>
    </message>
    <message>
        <source>it must be a number of days, or `{never}`</source>
        <translation>it must be a number of days, or `{never}`</translation>
    </message>
    <message>
        <source>these are no live events: {names}</source>
        <translation>these are no live events: {names}</translation>
    </message>
    <message>
        <source>it must be from 0 to {most} seconds</source>
        <translation>it must be from 0 to {most} seconds</translation>
    </message>
    <message>
        <source>it must be a URL that begins with http:// or https:// and holds no password</source>
        <translation>it must be a URL that begins with http:// or https:// and holds no password</translation>
    </message>
    <message>
        <source>it must be the whole path of a folder, or empty for the usual one</source>
        <translation>it must be the whole path of a folder, or empty for the usual one</translation>
    </message>
    <message>
        <source>it must be two times of day, as in 22:00-06:30, or empty</source>
        <translation>it must be two times of day, as in 22:00-06:30, or empty</translation>
    </message>
    <message>
        <source>each address must begin with http://, https://, ws:// or wss:// and name a host, with a / before its ?</source>
        <translation>each address must begin with http://, https://, ws:// or wss:// and name a host, with a / before its ?</translation>
    </message>
    <message>
        <source>none</source>
        <translation>none</translation>
    </message>
    <message>
        <source>it makes its program crash</source>
        <translation>it makes its program crash</translation>
    </message>
    <message>
        <source>it does not open in time</source>
        <translation>it does not open in time</translation>
    </message>
    <message>
        <source>The machine keeps up again: the picture is recorded in full.</source>
        <translation>The machine keeps up again: the picture is recorded in full.</translation>
    </message>
    <message>
        <source>The machine is busy: the picture is recorded at half its frame rate. The sound is complete.</source>
        <translation>The machine is busy: the picture is recorded at half its frame rate. The sound is complete.</translation>
    </message>
    <message>
        <source>The machine is busy: a quarter of the frame rate is recorded. The sound is complete.</source>
        <translation>The machine is busy: a quarter of the frame rate is recorded. The sound is complete.</translation>
    </message>
    <message>
        <source>The machine is very busy: the picture is recorded with less detail. The sound is complete.</source>
        <translation>The machine is very busy: the picture is recorded with less detail. The sound is complete.</translation>
    </message>
    <message>
        <source>The machine is too busy for the picture, which stands still. The sound is complete.</source>
        <translation>The machine is too busy for the picture, which stands still. The sound is complete.</translation>
    </message>
    <message>
        <source>The screen shows nothing. The recording goes on without a new picture.</source>
        <translation>The screen shows nothing. The recording goes on without a new picture.</translation>
    </message>
    <message>
        <source>The microphone delivers nothing. The recording goes on without it.</source>
        <translation>The microphone delivers nothing. The recording goes on without it.</translation>
    </message>
    <message>
        <source>Nothing of the other side is heard: its sound device is gone. The recording goes on without it.</source>
        <translation>Nothing of the other side is heard: its sound device is gone. The recording goes on without it.</translation>
    </message>
    <message>
        <source>The recorder died. Another one goes on with the recording.</source>
        <translation>The recorder died. Another one goes on with the recording.</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Balanced: little work for the computer</source>
        <translation>Balanced: little work for the computer</translation>
    </message>
    <message>
        <source>Small files: three times the work</source>
        <translation>Small files: three times the work</translation>
    </message>
    <message>
        <source>For editing: finer pictures, large files</source>
        <translation>For editing: finer pictures, large files</translation>
    </message>
    <message>
        <source>By the graphics card, where it can</source>
        <translation>By the graphics card, where it can</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Quality</translation>
    </message>
    <message>
        <source> a second</source>
        <translation> a second</translation>
    </message>
    <message>
        <source>Take the loudspeaker out of my microphone</source>
        <translation>Take the loudspeaker out of my microphone</translation>
    </message>
    <message>
        <source>Leave pauses in, black and silent</source>
        <translation>Leave pauses in, black and silent</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Pictures</translation>
    </message>
    <message>
        <source>At most; a still screen takes fewer.</source>
        <translation>At most; a still screen takes fewer.</translation>
    </message>
    <message>
        <source>For who wears no headphones. The separate sound files stay as they are.</source>
        <translation>For who wears no headphones. The separate sound files stay as they are.</translation>
    </message>
    <message>
        <source>Else a pause is cut out of the recording.</source>
        <translation>Else a pause is cut out of the recording.</translation>
    </message>
    <message>
        <source>An hour of slides takes about {slides} MB, an hour of typing {typing} MB (1920x1080).</source>
        <translation>An hour of slides takes about {slides} MB, an hour of typing {typing} MB (1920x1080).</translation>
    </message>
    <message>
        <source>How large files become differs from card to card.</source>
        <translation>How large files become differs from card to card.</translation>
    </message>
    <message>
        <source>As others shall read it</source>
        <translation>As others shall read it</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>I record this meeting to write its minutes. Please say so if you mind.</source>
        <translation>I record this meeting to write its minutes. Please say so if you mind.</translation>
    </message>
    <message>
        <source>When a meeting begins</source>
        <translation>When a meeting begins</translation>
    </message>
    <message>
        <source>Also keep</source>
        <translation>Also keep</translation>
    </message>
    <message>
        <source>From before you answered. It is in memory only, and forgotten unless you record. 0 for nothing.</source>
        <translation>From before you answered. It is in memory only, and forgotten unless you record. 0 for nothing.</translation>
    </message>
    <message>
        <source>Stop after it ends</source>
        <translation>Stop after it ends</translation>
    </message>
    <message>
        <source>So long a card asks whether to go on.</source>
        <translation>So long a card asks whether to go on.</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Your name</translation>
    </message>
    <message>
        <source>In the list of participants and in transcripts.</source>
        <translation>In the list of participants and in transcripts.</translation>
    </message>
    <message>
        <source>What to tell the others</source>
        <translation>What to tell the others</translation>
    </message>
    <message>
        <source>To paste into the chat; shown when a recording begins. Whoever records others should tell them. In many places that is the law.</source>
        <translation>To paste into the chat; shown when a recording begins. Whoever records others should tell them. In many places that is the law.</translation>
    </message>
    <message>
        <source>Do nothing</source>
        <translation>Do nothing</translation>
    </message>
    <message>
        <source>Ask me</source>
        <translation>Ask me</translation>
    </message>
    <message>
        <source>Record it without asking</source>
        <translation>Record it without asking</translation>
    </message>
    <message>
        <source>Deliver recordings</source>
        <translation>Deliver recordings</translation>
    </message>
    <message>
        <source>Send while it records</source>
        <translation>Send while it records</translation>
    </message>
    <message>
        <source>Also over networks that cost by volume</source>
        <translation>Also over networks that cost by volume</translation>
    </message>
    <message>
        <source>Also on battery</source>
        <translation>Also on battery</translation>
    </message>
    <message>
        <source> kB/s</source>
        <translation> kB/s</translation>
    </message>
    <message>
        <source>as fast as it goes</source>
        <translation>as fast as it goes</translation>
    </message>
    <message>
        <source>Without this they wait here.</source>
        <translation>Without this they wait here.</translation>
    </message>
    <message>
        <source>Only between</source>
        <translation>Only between</translation>
    </message>
    <message>
        <source>Empty for any time.</source>
        <translation>Empty for any time.</translation>
    </message>
    <message>
        <source>No faster than</source>
        <translation>No faster than</translation>
    </message>
    <message>
        <source>Tell these addresses</source>
        <translation>Tell these addresses</translation>
    </message>
    <message>
        <source>Who joins and speaks, while it happens. With commas between them.</source>
        <translation>Who joins and speaks, while it happens. With commas between them.</translation>
    </message>
    <message>
        <source>Only these events</source>
        <translation>Only these events</translation>
    </message>
    <message>
        <source>Their names, with commas. Empty for all but sound and pictures.</source>
        <translation>Their names, with commas. Empty for all but sound and pictures.</translation>
    </message>
    <message>
        <source>Keep them</source>
        <translation>Keep them</translation>
    </message>
    <message>
        <source>Delete after {days} days</source>
        <translation>Delete after {days} days</translation>
    </message>
    <message>
        <source>Only sound and picture, and only once another computer has proved that it holds them.</source>
        <translation>Only sound and picture, and only once another computer has proved that it holds them.</translation>
    </message>
    <message>
        <source>After delivery</source>
        <translation>After delivery</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>As the system</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Light</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dark</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>High contrast</translation>
    </message>
    <message>
        <source>Show a small window above the others while it records</source>
        <translation>Show a small window above the others while it records</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Language</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Colours</translation>
    </message>
</context>
<context>
    <name>SettingsWindow</name>
    <message>
        <source>Settings</source>
        <translation>Settings</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Recording</translation>
    </message>
    <message>
        <source>Meetings</source>
        <translation>Meetings</translation>
    </message>
    <message>
        <source>Transcripts</source>
        <translation>Transcripts</translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation>Delivery</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Storage</translation>
    </message>
    <message>
        <source>This program</source>
        <translation>This program</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Pages</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Quality</translation>
    </message>
    <message>
        <source>Other rules for single programs</source>
        <translation>Other rules for single programs</translation>
    </message>
    <message>
        <source>When</source>
        <translation>When</translation>
    </message>
    <message>
        <source>Live events</source>
        <translation>Live events</translation>
    </message>
    <message>
        <source>Keys that work in every program</source>
        <translation>Keys that work in every program</translation>
    </message>
    <message>
        <source>Record, pause, mark and mute:</source>
        <translation>Record, pause, mark and mute:</translation>
    </message>
</context>
<context>
    <name>SmallWindow</name>
    <message>
        <source>More</source>
        <translation>More</translation>
    </message>
</context>
<context>
    <name>SourceCheck</name>
    <message>
        <source>Picture that is recorded</source>
        <translation>Picture that is recorded</translation>
    </message>
    <message>
        <source>Your microphone</source>
        <translation>Your microphone</translation>
    </message>
    <message>
        <source>The other side</source>
        <translation>The other side</translation>
    </message>
    <message>
        <source>Play a short tone</source>
        <translation>Play a short tone</translation>
    </message>
    <message>
        <source>Choose what to share …</source>
        <translation>Choose what to share …</translation>
    </message>
    <message>
        <source>Looking and listening …</source>
        <translation>Looking and listening …</translation>
    </message>
    <message>
        <source>✓ This is what a recording shows.</source>
        <translation>✓ This is what a recording shows.</translation>
    </message>
    <message>
        <source>It is all black. Wake the screen, or allow it in the system&apos;s privacy settings.</source>
        <translation>It is all black. Wake the screen, or allow it in the system&apos;s privacy settings.</translation>
    </message>
    <message>
        <source>No picture is recorded.</source>
        <translation>No picture is recorded.</translation>
    </message>
    <message>
        <source>✓ You are heard.</source>
        <translation>✓ You are heard.</translation>
    </message>
    <message>
        <source>Say something: the bar should move.</source>
        <translation>Say something: the bar should move.</translation>
    </message>
    <message>
        <source>Nothing comes from it: it is muted, or not connected.</source>
        <translation>Nothing comes from it: it is muted, or not connected.</translation>
    </message>
    <message>
        <source>Your own voice is not recorded.</source>
        <translation>Your own voice is not recorded.</translation>
    </message>
    <message>
        <source>✓ What this computer plays is heard.</source>
        <translation>✓ What this computer plays is heard.</translation>
    </message>
    <message>
        <source>The others are not recorded.</source>
        <translation>The others are not recorded.</translation>
    </message>
    <message>
        <source>Nothing plays now. Play the tone: the bar should move.</source>
        <translation>Nothing plays now. Play the tone: the bar should move.</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Picture</translation>
    </message>
    <message>
        <source>Left, top, width and height in pixels</source>
        <translation>Left, top, width and height in pixels</translation>
    </message>
</context>
<context>
    <name>StoragePanel</name>
    <message>
        <source>Open the folder</source>
        <translation>Open the folder</translation>
    </message>
    <message>
        <source>Change …</source>
        <translation>Change …</translation>
    </message>
    <message>
        <source>Stop moving</source>
        <translation>Stop moving</translation>
    </message>
    <message>
        <source>A folder for recordings</source>
        <translation>A folder for recordings</translation>
    </message>
    <message>
        <source>Recordings are being moved: {done} of {total}</source>
        <translation>Recordings are being moved: {done} of {total}</translation>
    </message>
    <message>
        <source>All recordings are there.</source>
        <translation>All recordings are there.</translation>
    </message>
    <message>
        <source>There is no room for all; recordings that stay where they are, and are listed: {count}</source>
        <translation>There is no room for all; recordings that stay where they are, and are listed: {count}</translation>
    </message>
    <message>
        <source>Recordings that stay where they are, as others have their names: {count}</source>
        <translation>Recordings that stay where they are, as others have their names: {count}</translation>
    </message>
    <message>
        <source>Recordings that stay where they are for now, are listed, and follow later: {count}</source>
        <translation>Recordings that stay where they are for now, are listed, and follow later: {count}</translation>
    </message>
    <message>
        <source>Recordings are in</source>
        <translation>Recordings are in</translation>
    </message>
    <message>
        <source>{free:.1f} GB are free, enough for about {hours} hours of meetings.</source>
        <translation>{free:.1f} GB are free, enough for about {hours} hours of meetings.</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>Position</source>
        <translation>Position</translation>
    </message>
    <message>
        <source>Speakers: {names}. Marks: {marks}. Gaps: {gaps}.</source>
        <translation>Speakers: {names}. Marks: {marks}. Gaps: {gaps}.</translation>
    </message>
    <message>
        <source>Nothing came from this side: {source}</source>
        <translation>Nothing came from this side: {source}</translation>
    </message>
</context>
<context>
    <name>TranscriptList</name>
    <message>
        <source>Transcript</source>
        <translation>Transcript</translation>
    </message>
</context>
<context>
    <name>TranscriptPanel</name>
    <message>
        <source>Made by</source>
        <translation>Made by</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Model</translation>
    </message>
    <message>
        <source>The service&apos;s own choice</source>
        <translation>The service&apos;s own choice</translation>
    </message>
    <message>
        <source>Download it</source>
        <translation>Download it</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Download</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>Its key</source>
        <translation>Its key</translation>
    </message>
    <message>
        <source>Language spoken</source>
        <translation>Language spoken</translation>
    </message>
    <message>
        <source>Names and terms</source>
        <translation>Names and terms</translation>
    </message>
    <message>
        <source>Also tell words while they are spoken</source>
        <translation>Also tell words while they are spoken</translation>
    </message>
    <message>
        <source>The smallest that is here</source>
        <translation>The smallest that is here</translation>
    </message>
    <message>
        <source>None is here yet. Choose one, then download it.</source>
        <translation>None is here yet. Choose one, then download it.</translation>
    </message>
    <message>
        <source>here</source>
        <translation>here</translation>
    </message>
    <message>
        <source>to be downloaded</source>
        <translation>to be downloaded</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>on this computer</source>
        <translation>on this computer</translation>
    </message>
    <message>
        <source>a service: sends what was said to it</source>
        <translation>a service: sends what was said to it</translation>
    </message>
    <message>
        <source>Nobody: no transcripts</source>
        <translation>Nobody: no transcripts</translation>
    </message>
    <message>
        <source>Nothing that is said leaves this computer.</source>
        <translation>Nothing that is said leaves this computer.</translation>
    </message>
    <message>
        <source>It is not installed. Packages have whisper.cpp; pip install &apos;afterword[{extra}]&apos; adds this where pip installed all.</source>
        <translation>It is not installed. Packages have whisper.cpp; pip install &apos;afterword[{extra}]&apos; adds this where pip installed all.</translation>
    </message>
    <message>
        <source>English only, and it misunderstands most words: for trying things out.</source>
        <translation>English only, and it misunderstands most words: for trying things out.</translation>
    </message>
    <message>
        <source>The sound of every recording is sent to this service.</source>
        <translation>The sound of every recording is sent to this service.</translation>
    </message>
    <message>
        <source>As in “en” or “de”. Empty where it shall be found out.</source>
        <translation>As in “en” or “de”. Empty where it shall be found out.</translation>
    </message>
    <message>
        <source>That may be said, with commas between them.</source>
        <translation>That may be said, with commas between them.</translation>
    </message>
</context>
<context>
    <name>TrayMenu</name>
    <message>
        <source>I have seen to it</source>
        <translation>I have seen to it</translation>
    </message>
    <message>
        <source>What to record</source>
        <translation>What to record</translation>
    </message>
    <message>
        <source>Record meetings automatically</source>
        <translation>Record meetings automatically</translation>
    </message>
    <message>
        <source>Recent recordings</source>
        <translation>Recent recordings</translation>
    </message>
    <message>
        <source>Open recordings</source>
        <translation>Open recordings</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Settings</translation>
    </message>
    <message>
        <source>Check everything</source>
        <translation>Check everything</translation>
    </message>
    <message>
        <source>First steps</source>
        <translation>First steps</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Quit</translation>
    </message>
    <message>
        <source>Nothing has been recorded yet</source>
        <translation>Nothing has been recorded yet</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Off</translation>
    </message>
    <message>
        <source>Ask at each meeting</source>
        <translation>Ask at each meeting</translation>
    </message>
    <message>
        <source>Always, without asking</source>
        <translation>Always, without asking</translation>
    </message>
</context>
<context>
    <name>acts</name>
    <message>
        <source>Record</source>
        <translation>Record</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Not now</translation>
    </message>
    <message>
        <source>Never for this app</source>
        <translation>Never for this app</translation>
    </message>
    <message>
        <source>Keep recording</source>
        <translation>Keep recording</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>Go on with the last recording</source>
        <translation>Go on with the last recording</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Resume</translation>
    </message>
    <message>
        <source>Mute my microphone</source>
        <translation>Mute my microphone</translation>
    </message>
    <message>
        <source>Unmute my microphone</source>
        <translation>Unmute my microphone</translation>
    </message>
    <message>
        <source>Mark this moment</source>
        <translation>Mark this moment</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Keep</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>Mute</translation>
    </message>
    <message>
        <source>Unmute</source>
        <translation>Unmute</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>Mark</translation>
    </message>
</context>
<context>
    <name>card</name>
    <message>
        <source>Record it?</source>
        <translation>Record it?</translation>
    </message>
    <message>
        <source>Finishing the recording …</source>
        <translation>Finishing the recording …</translation>
    </message>
    <message>
        <source>Recording saved</source>
        <translation>Recording saved</translation>
    </message>
    <message>
        <source>The meeting is over</source>
        <translation>The meeting is over</translation>
    </message>
    <message>
        <source>The recording stops in {seconds} s.</source>
        <translation>The recording stops in {seconds} s.</translation>
    </message>
    <message>
        <source>Stop now</source>
        <translation>Stop now</translation>
    </message>
    <message>
        <source>Tell the others that you record</source>
        <translation>Tell the others that you record</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copy</translation>
    </message>
    <message>
        <source>They know</source>
        <translation>They know</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Later</translation>
    </message>
    <message>
        <source>Stopped too early? It can go on.</source>
        <translation>Stopped too early? It can go on.</translation>
    </message>
    <message>
        <source>Go on recording</source>
        <translation>Go on recording</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Close</translation>
    </message>
</context>
<context>
    <name>notice</name>
    <message>
        <source>The {platform} meeting is recorded.</source>
        <translation>The {platform} meeting is recorded.</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Recording</translation>
    </message>
</context>
<context>
    <name>player</name>
    <message>
        <source>Marked</source>
        <translation>Marked</translation>
    </message>
    <message>
        <source>Me</source>
        <translation>Me</translation>
    </message>
    <message>
        <source>Other side</source>
        <translation>Other side</translation>
    </message>
    <message>
        <source>{count} others</source>
        <translation>{count} others</translation>
    </message>
</context>
<context>
    <name>recent</name>
    <message>
        <source>nothing playable</source>
        <translation>nothing playable</translation>
    </message>
    <message>
        <source>on this machine</source>
        <translation>on this machine</translation>
    </message>
    <message>
        <source>to be delivered</source>
        <translation>to be delivered</translation>
    </message>
    <message>
        <source>being delivered</source>
        <translation>being delivered</translation>
    </message>
    <message>
        <source>waiting to be delivered</source>
        <translation>waiting to be delivered</translation>
    </message>
    <message>
        <source>delivered</source>
        <translation>delivered</translation>
    </message>
    <message>
        <source>not delivered</source>
        <translation>not delivered</translation>
    </message>
</context>
<context>
    <name>recordings</name>
    <message>
        <source>Renamed on this machine. What was delivered keeps its name.</source>
        <translation>Renamed on this machine. What was delivered keeps its name.</translation>
    </message>
    <message>
        <source>Put back.</source>
        <translation>Put back.</translation>
    </message>
    <message>
        <source>Deleted for good: {count}.</source>
        <translation>Deleted for good: {count}.</translation>
    </message>
    <message>
        <source>It is delivered already.</source>
        <translation>It is delivered already.</translation>
    </message>
    <message>
        <source>It is being delivered.</source>
        <translation>It is being delivered.</translation>
    </message>
    <message>
        <source>All {count} files are as they were recorded.</source>
        <translation>All {count} files are as they were recorded.</translation>
    </message>
    <message>
        <source>Copies that prove to be the same: {count}.</source>
        <translation>Copies that prove to be the same: {count}.</translation>
    </message>
    <message>
        <source>Saved as {name}.</source>
        <translation>Saved as {name}.</translation>
    </message>
    <message>
        <source>A recording that cannot be read</source>
        <translation>A recording that cannot be read</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Recording</translation>
    </message>
    <message>
        <source>being recorded</source>
        <translation>being recorded</translation>
    </message>
    <message>
        <source>It broke off. {length} of it are saved and can be played.</source>
        <translation>It broke off. {length} of it are saved and can be played.</translation>
    </message>
    <message>
        <source>It broke off before anything could be played. Its files are kept.</source>
        <translation>It broke off before anything could be played. Its files are kept.</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>Video</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Sound</translation>
    </message>
    <message>
        <source>Transcript</source>
        <translation>Transcript</translation>
    </message>
    <message>
        <source>People</source>
        <translation>People</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>none</source>
        <translation>none</translation>
    </message>
    <message>
        <source>in the making</source>
        <translation>in the making</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>ready</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>failed</translation>
    </message>
    <message>
        <source>not on this machine any more</source>
        <translation>not on this machine any more</translation>
    </message>
    <message>
        <source>On this machine only</source>
        <translation>On this machine only</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>Delivered</translation>
    </message>
    <message>
        <source>To be delivered</source>
        <translation>To be delivered</translation>
    </message>
    <message>
        <source>Not delivered</source>
        <translation>Not delivered</translation>
    </message>
    <message>
        <source>Waiting for the network</source>
        <translation>Waiting for the network</translation>
    </message>
    <message>
        <source>Needs a key</source>
        <translation>Needs a key</translation>
    </message>
    <message>
        <source>Deliveries are paused</source>
        <translation>Deliveries are paused</translation>
    </message>
    <message>
        <source>Waiting: metered network</source>
        <translation>Waiting: metered network</translation>
    </message>
    <message>
        <source>Waiting: on battery</source>
        <translation>Waiting: on battery</translation>
    </message>
    <message>
        <source>Waiting for its time of day</source>
        <translation>Waiting for its time of day</translation>
    </message>
    <message>
        <source>Tried again soon</source>
        <translation>Tried again soon</translation>
    </message>
    <message>
        <source>{sent} of {total}</source>
        <translation>{sent} of {total}</translation>
    </message>
    <message>
        <source>This machine&apos;s own backend</source>
        <translation>This machine&apos;s own backend</translation>
    </message>
    <message>
        <source>It is safe on this machine; a key is given under Settings, Delivery.</source>
        <translation>It is safe on this machine; a key is given under Settings, Delivery.</translation>
    </message>
    <message>
        <source>It is safe on this machine.</source>
        <translation>It is safe on this machine.</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Play</translation>
    </message>
    <message>
        <source>Deliver again</source>
        <translation>Deliver again</translation>
    </message>
    <message>
        <source>Show files</source>
        <translation>Show files</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>Verify</translation>
    </message>
    <message>
        <source>Copy link</source>
        <translation>Copy link</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Rename</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>Video …</source>
        <translation>Video …</translation>
    </message>
    <message>
        <source>Sound …</source>
        <translation>Sound …</translation>
    </message>
    <message>
        <source>Transcript as text …</source>
        <translation>Transcript as text …</translation>
    </message>
    <message>
        <source>Transcript as subtitles …</source>
        <translation>Transcript as subtitles …</translation>
    </message>
    <message>
        <source>Transcript as Markdown …</source>
        <translation>Transcript as Markdown …</translation>
    </message>
    <message>
        <source>All files …</source>
        <translation>All files …</translation>
    </message>
</context>
<context>
    <name>sources</name>
    <message>
        <source>The screen</source>
        <translation>The screen</translation>
    </message>
    <message>
        <source>All screens</source>
        <translation>All screens</translation>
    </message>
    <message>
        <source>A part of the screen</source>
        <translation>A part of the screen</translation>
    </message>
    <message>
        <source>A window that is not open now</source>
        <translation>A window that is not open now</translation>
    </message>
    <message>
        <source>No picture, only sound</source>
        <translation>No picture, only sound</translation>
    </message>
    <message>
        <source>As the system has it: {name}</source>
        <translation>As the system has it: {name}</translation>
    </message>
    <message>
        <source>As the system has it</source>
        <translation>As the system has it</translation>
    </message>
    <message>
        <source>Do not record this side</source>
        <translation>Do not record this side</translation>
    </message>
    <message>
        <source>Screen {number}, {size}</source>
        <translation>Screen {number}, {size}</translation>
    </message>
    <message>
        <source>Window: {title}</source>
        <translation>Window: {title}</translation>
    </message>
</context>
<context>
    <name>targets</name>
    <message>
        <source>The screen</source>
        <translation>The screen</translation>
    </message>
    <message>
        <source>All screens</source>
        <translation>All screens</translation>
    </message>
    <message>
        <source>Sound only</source>
        <translation>Sound only</translation>
    </message>
    <message>
        <source>Screen {number}</source>
        <translation>Screen {number}</translation>
    </message>
</context>
<context>
    <name>tray</name>
    <message>
        <source>Going on …</source>
        <translation>Going on …</translation>
    </message>
    <message>
        <source>Finishing the recording …</source>
        <translation>Finishing the recording …</translation>
    </message>
    <message>
        <source>Ending …</source>
        <translation>Ending …</translation>
    </message>
    <message>
        <source>Starting to record …</source>
        <translation>Starting to record …</translation>
    </message>
    <message>
        <source>Paused, {elapsed}</source>
        <translation>Paused, {elapsed}</translation>
    </message>
    <message>
        <source>The meeting is over, {elapsed}</source>
        <translation>The meeting is over, {elapsed}</translation>
    </message>
    <message>
        <source>Recording without your microphone, {elapsed}</source>
        <translation>Recording without your microphone, {elapsed}</translation>
    </message>
    <message>
        <source>Recording, {elapsed}</source>
        <translation>Recording, {elapsed}</translation>
    </message>
    <message>
        <source>Listening: the last {seconds} s are kept in memory, nothing is written</source>
        <translation>Listening: the last {seconds} s are kept in memory, nothing is written</translation>
    </message>
    <message>
        <source>Delivering a recording …</source>
        <translation>Delivering a recording …</translation>
    </message>
    <message>
        <source>Delivering {count} recordings …</source>
        <translation>Delivering {count} recordings …</translation>
    </message>
    <message>
        <source>Not recording</source>
        <translation>Not recording</translation>
    </message>
    <message>
        <source>Meeting in {app} detected</source>
        <translation>Meeting in {app} detected</translation>
    </message>
    <message>
        <source>{platform} meeting detected</source>
        <translation>{platform} meeting detected</translation>
    </message>
</context>
</TS>
