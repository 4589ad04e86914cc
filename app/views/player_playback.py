"""What plays a file. QtMultimedia's only door, and loaded when a player opens."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QAudioOutput, QMediaDevices, QMediaPlayer, QVideoFrame, QVideoSink

MS_PER_S: Final = 1000
SPEEDS: Final = (0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)

OPEN: Final = {
    QMediaPlayer.MediaStatus.LoadedMedia,
    QMediaPlayer.MediaStatus.BufferingMedia,
    QMediaPlayer.MediaStatus.BufferedMedia,
    QMediaPlayer.MediaStatus.StalledMedia,
    QMediaPlayer.MediaStatus.EndOfMedia,
}


class Playback(QObject):
    """Main thread only. Times in seconds."""

    moved = Signal(float)
    toggled = Signal(bool)
    """Whether it plays now."""

    shown = Signal(QImage)
    failed = Signal(str)
    """A technical reason."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._player = QMediaPlayer(self)
        self._sound = QAudioOutput(self)
        self._sink = QVideoSink(self)
        self._wanted_s: float | None = None
        self._settle_overrides()
        self._player.setAudioOutput(self._sound)
        self._player.setVideoSink(self._sink)
        self._player.setPitchCompensation(True)
        self._player.positionChanged.connect(self._tell_position)
        self._player.playbackStateChanged.connect(self._tell_state)
        self._player.mediaStatusChanged.connect(self._seek_wanted)
        self._player.errorOccurred.connect(self._tell_error)
        self._sink.videoFrameChanged.connect(self._tell_frame)

    @property
    def at_s(self) -> float:
        return self._wanted_s if self._wanted_s is not None else self._player.position() / MS_PER_S

    @property
    def is_open(self) -> bool:
        """Its file has been looked into."""
        return self._player.mediaStatus() in OPEN

    @property
    def is_playing(self) -> bool:
        return self._player.playbackState() is QMediaPlayer.PlaybackState.PlayingState

    @property
    def is_muted(self) -> bool:
        return self._sound.isMuted()

    @property
    def volume(self) -> float:
        """From 0 to 1."""
        return self._sound.volume()

    @property
    def speed(self) -> float:
        return self._player.playbackRate()

    @property
    def can_be_heard(self) -> bool:
        return bool(QMediaDevices.audioOutputs())

    def open(self, file: Path) -> None:
        """Shows its first picture, and waits."""
        self._player.setSource(QUrl.fromLocalFile(str(file)))
        self._player.pause()

    def close(self) -> None:
        """Lets go of the file. Idempotent."""
        self._player.stop()
        self._player.setSource(QUrl())

    def play(self) -> None:
        """Nothing, where no file is open."""
        if not self._player.source().isEmpty():
            self._player.play()

    def toggle(self) -> None:
        if self.is_playing:
            self._player.pause()
        else:
            self._player.play()

    def seek(self, at_s: float) -> None:
        """Within the file's length. As soon as that is known."""
        if self.is_open:
            self._player.setPosition(max(0, min(round(at_s * MS_PER_S), self._player.duration())))
        else:
            self._wanted_s = at_s

    def set_speed(self, speed: float) -> None:
        self._player.setPlaybackRate(speed)

    def mute(self, *, is_muted: bool) -> None:
        self._sound.setMuted(is_muted)

    def set_volume(self, volume: float) -> None:
        self._sound.setVolume(max(0.0, min(volume, 1.0)))

    def _settle_overrides(self) -> None:
        """PySide looks once for each object whether Python overrides ``disconnectNotify``, and holds its lock for that.

        Where FFmpeg's threads are the first to ask while a seek waits for them, both wait for ever.
        """
        for change in (self._player.tracksChanged, self._sound.mutedChanged, self._sink.videoSizeChanged):
            change.connect(_ignore)
            change.disconnect(_ignore)

    @Slot(QMediaPlayer.MediaStatus)
    def _seek_wanted(self, _: QMediaPlayer.MediaStatus) -> None:
        if self._wanted_s is not None and self.is_open:
            at_s, self._wanted_s = self._wanted_s, None
            self.seek(at_s)

    @Slot("qint64")
    def _tell_position(self, at_ms: int) -> None:
        if self._wanted_s is None:
            self.moved.emit(at_ms / MS_PER_S)

    @Slot(QMediaPlayer.PlaybackState)
    def _tell_state(self, _: QMediaPlayer.PlaybackState) -> None:
        self.toggled.emit(self.is_playing)

    @Slot(QMediaPlayer.Error, str)
    def _tell_error(self, _: QMediaPlayer.Error, reason: str) -> None:
        self.failed.emit(reason)

    @Slot(QVideoFrame)
    def _tell_frame(self, frame: QVideoFrame) -> None:
        image = frame.toImage()
        if not image.isNull():
            self.shown.emit(image)


def _ignore(*_: object) -> None:
    pass
