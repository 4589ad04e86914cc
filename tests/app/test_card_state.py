"""Which card is shown when, and what its buttons do."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.acts import INTENTS
from app.card_state import CardKind, card_state
from app.flow_events import StopReason
from app.flow_state import Ending, Idle, Offered, Recording, Stopped, Stopping
from app.intents import CopyText
from app.notices import notices
from app.situation import Situation, Take
from app.tray_state import Act, acts_of
from tests.app.situations import NUMBER, UNKNOWN, ZOOM, situations

NOTICE = "I record this meeting."
TAKE = Take(NUMBER)
RECORDING = Recording(ZOOM, None)


@settings(max_examples=60)
@given(situations, st.sampled_from(("", NOTICE)))
def test_what_a_card_offers_can_be_done(situation: Situation, notice: str) -> None:
    card = card_state(situation, notice)
    offered = set() if card is None else {button.intent for button in card.buttons}
    for act, intent in INTENTS.items():
        if intent in offered:
            assert act in acts_of(situation)
    assert (card is not None) or not isinstance(situation.phase, Offered | Ending)


def test_an_offer_can_be_taken_left_or_refused_for_good() -> None:
    card = card_state(Situation(phase=Offered(ZOOM, 10)), NOTICE)
    assert card is not None
    assert (card.kind, card.title, card.text) == (CardKind.OFFER, "Zoom meeting detected", "Weekly")
    assert [button.text for button in card.buttons] == ["Record", "Not now", "Never for this app"]


def test_the_end_counts_down() -> None:
    card = card_state(Situation(phase=Ending(RECORDING, 10), take=TAKE), NOTICE)
    assert card is not None
    assert [button.intent for button in card.buttons] == [INTENTS[Act.KEEP], INTENTS[Act.STOP]]
    assert card.until_ns == 10


def test_the_notice_is_shown_until_the_others_know() -> None:
    card = card_state(Situation(phase=RECORDING, take=TAKE), NOTICE)
    assert card is not None
    assert card.buttons[0].intent == CopyText(NOTICE)
    assert card_state(Situation(phase=RECORDING, take=TAKE), "") is None
    assert card_state(Situation(phase=RECORDING, take=Take(NUMBER, is_announced=True)), NOTICE) is None


def test_a_stop_can_be_taken_back_but_not_a_quit() -> None:
    stopped = Stopped(ZOOM, StopReason.USER, 10)
    for situation in (Situation(phase=Idle(), stopped=stopped), Situation(phase=Stopping(RECORDING, StopReason.USER))):
        card = card_state(situation, NOTICE)
        assert card is not None
        assert card.buttons[0].intent == INTENTS[Act.UNDO]
    assert card_state(Situation(phase=Stopping(RECORDING, StopReason.QUIT)), NOTICE) is None


def test_a_notification_names_no_title() -> None:
    """Those whom the screen is shared with may see it."""
    for meeting in (ZOOM, UNKNOWN):
        now = Situation(phase=Recording(meeting, None), take=TAKE)
        (notice,) = notices(Situation(), now)
        assert "Weekly" not in notice.text
        assert meeting.app in notice.text
        assert list(notices(now, now)) == []
