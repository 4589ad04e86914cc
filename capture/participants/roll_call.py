"""From the elements of a meeting's window to the people that it shows. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from capture.meetings.accessible import Element, Place
from capture.participants.roll import Attendee, ChatMessage, Mark, Roll
from capture.participants.rules import Feature, Reader

LONGEST_NAME = 200
"""Characters; what is longer is no name but a text that happens to look like one."""


def call_roll(reader: Reader, elements: Sequence[Element], *, is_whole: bool) -> Roll | None:
    """``None`` where nobody is shown: a list that is closed does not say that nobody is there."""
    tree = _Tree(elements)
    listed = _named(reader.rows, tree.below_any(reader.lists))
    people = listed or _named(reader.tiles, elements)
    if not people:
        return None
    marks = _marks(reader, elements, tree, people)
    places: dict[str, Place] = {}
    for place, name in people.items():
        places.setdefault(name, place)
    attendees = tuple(Attendee(place, name, frozenset(marks[name])) for name, place in places.items())
    messages = tuple(_messages(reader, elements))
    return Roll(attendees, frozenset(reader.marks), messages, is_whole=is_whole and bool(listed))


class _Tree:
    def __init__(self, elements: Sequence[Element]) -> None:
        self._elements = {element.place: element for element in elements}
        self._parents = {child: element.place for element in elements for child in element.children}

    def line(self, place: Place) -> Iterator[Place]:
        """From it up to the top."""
        above: Place | None = place
        while above is not None:
            yield above
            above = self._parents.get(above)

    def below_any(self, features: tuple[Feature, ...]) -> Iterator[Element]:
        """What stands in those that the features fit."""
        tops = {place for place, element in self._elements.items() if _find(features, element) is not None}
        return (element for place, element in self._elements.items() if not tops.isdisjoint(self.line(place)))

    def below(self, place: Place) -> Iterator[Element]:
        waiting = [place]
        while waiting:
            element = self._elements.get(waiting.pop())
            if element is not None:
                yield element
                waiting += reversed(element.children)


def _named(features: tuple[Feature, ...], elements: Iterable[Element]) -> Mapping[Place, str]:
    found = ((element.place, _find(features, element)) for element in elements)
    names = {place: _name(groups) for place, groups in found if groups is not None}
    return {place: name for place, name in names.items() if name}


def _messages(reader: Reader, elements: Sequence[Element]) -> Iterator[ChatMessage]:
    for element in elements:
        groups = _find(reader.chat, element) or {}
        name, text = _name(groups), groups.get("text")
        if name and text:
            yield ChatMessage(element.place, name, text)


def _marks(
    reader: Reader, elements: Sequence[Element], tree: _Tree, people: Mapping[Place, str]
) -> Mapping[str, set[Mark]]:
    marks: defaultdict[str, set[Mark]] = defaultdict(set)
    names = frozenset(people.values())
    for mark, features in reader.marks.items():
        for element in elements:
            groups = _find(features, element)
            if groups is not None:
                for name in _meant(element, _name(groups), tree, people) & names:
                    marks[name].add(mark)
    return marks


def _meant(element: Element, named: str, tree: _Tree, people: Mapping[Place, str]) -> set[str]:
    """Whom it names, or to whom it belongs, or whose names stand in it."""
    if named:
        return {named}
    around = next((people[place] for place in tree.line(element.place) if place in people), None)
    if around is not None:
        return {around}
    inside = list(tree.below(element.place))
    return {people[each.place] for each in inside if each.place in people} | {each.text.strip() for each in inside}


def _find(features: tuple[Feature, ...], element: Element) -> Mapping[str, str | None] | None:
    found = (feature.find(element) for feature in features)
    return next((groups for groups in found if groups is not None), None)


def _name(groups: Mapping[str, str | None]) -> str:
    """Empty where there is none."""
    name = (groups.get("name") or "").strip()
    return name if len(name) <= LONGEST_NAME else ""
