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
        <source>It is not installed: pip install &apos;afterword[{extra}]&apos; adds it, where pip installed all.</source>
        <translation>It is not installed: pip install &apos;afterword[{extra}]&apos; adds it, where pip installed all.</translation>
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
