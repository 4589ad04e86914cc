"""How meetings are recorded, as the settings want it."""

from app.capture_process import LOG_NAME
from app.paths import Paths
from app.recorder_inbox import Plan
from app.settings import REGION, WINDOW, Settings
from capture.recording import (
    NS_PER_S,
    SYNTHETIC_DEVICE,
    AllMonitors,
    DeviceId,
    LiveMedia,
    Monitor,
    RecordingId,
    RecordingSpec,
    Region,
    ScreenTarget,
    TestPattern,
    Window,
)
from capture.screen import is_wayland

NO_DEVICE = DeviceId("none")
ALL_SCREENS = "all"
NO_SCREEN = "none"


def target_of(screen: str) -> ScreenTarget | None:
    """``screen`` as in the settings."""
    kind, _, rest = screen.partition(":")
    if kind == WINDOW:
        return Window(rest)
    if kind == REGION:
        return Region(*map(int, rest.split(",")))
    if screen == NO_SCREEN:
        return None
    if screen == SYNTHETIC_DEVICE:
        return TestPattern()
    return AllMonitors() if screen == ALL_SCREENS else Monitor(screen)


def chosen(device: DeviceId) -> DeviceId | None:
    """``None`` where that side is left out."""
    return None if device == NO_DEVICE else device


def plan_of(
    settings: Settings,
    paths: Paths,
    target: ScreenTarget | None,
    live_media: tuple[LiveMedia, ...],
    own_windows: tuple[Window, ...] = (),
) -> Plan:
    """``own_windows`` are never seen in a recording."""
    template = RecordingSpec(
        id=RecordingId(""),
        directory=paths.recordings,
        screen=target,
        microphone=chosen(settings.microphone),
        system_audio=chosen(settings.system_audio),
        frame_rate_fps=settings.fps,
        profile=settings.profile,
        pause_mode=settings.pause_mode,
        echo_mode=settings.echo,
        excluded_windows=own_windows if isinstance(target, Monitor | AllMonitors) else (),
        participant_name=settings.name or None,
        screen_permits=paths.screen_permits,
        encoder_trials=paths.encoder_trials,
        own_lists=paths.config,
        live_media=live_media,
    )
    log = paths.logs / LOG_NAME
    return Plan(template, paths.recordings, log, settings.preroll_s * NS_PER_S, settings.consent_notice)


def may_arm(plan: Plan) -> bool:
    """Not where a desktop would ask which screen to share before there is a meeting."""
    permits = plan.template.screen_permits
    asks = plan.template.screen is not None and is_wayland() and not (permits and permits.exists())
    return plan.preroll_ns > 0 and not asks
