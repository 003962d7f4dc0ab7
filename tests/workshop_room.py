"""A workshop that took place in the small town, for tests of what it leaves."""

from __future__ import annotations

from domain.workshop_script import Script, Slide, Words
from services.container import Services
from services.workshop_rooms import Sent
from services.workshops import KeptWorkshop
from tests.staff import HandClock

KINDS = (Words("Spielplatz", "Playground"), Words("Weg", "Path"))
SLIDES = (
    Slide("hallo", "text", title=Words("Willkommen", "Welcome")),
    Slide("vote", "poll", "single", Words("Stimmt das?", "Is it so?"),
          options=(Words("Ja", "Yes"), Words("Nein", "No"))),
    Slide("rate", "guess", "district", Words("Wo ist es am höchsten?", "Where is it highest?"),
          view="/atlas?indicator=kinderarmut&level=quartiere&period=2023"),
    Slide("fehlt", "pins", title=Words("Was fehlt?", "What is missing?"), options=KINDS),
)  # fmt: skip
SAID = (
    ("eins", {"area": "01", "category": 0, "text": "Ein Spielplatz fehlt"}),
    ("zwei", {"area": "01", "category": 0, "text": "Spielplatz für Kinder"}),
    ("drei", {"area": "03", "category": 1, "text": "Frau Müller hilft am Weg"}),
)


class Took:
    """A workshop with three phones, three pins and some answers; it is still open."""

    def __init__(self, services: Services, clock: HandClock) -> None:
        self.services, self.clock = services, clock
        self.set = services.workshops
        self.made = self.set.kept.add(
            Script("Runder Tisch", SLIDES),
            release=services.monitoring.current() or "",
            level="quartiere",
            actor="anna",
        )
        self.who = {}
        self.move("start")
        for name in ("eins", "zwei", "drei"):
            self.who[name] = self.set.rooms.join(self.made.code, name)
        self.move("next")
        self.send("eins", "vote", option=0)
        self.send("zwei", "vote", option=0)
        self.send("drei", "vote", option=1)
        self.move("next")
        self.send("eins", "rate", area="02")
        self.move("next")
        for name, pin in SAID:
            self.send(name, "fehlt", **pin)

    @property
    def room(self) -> KeptWorkshop:
        return self.set.kept.get(self.made.id)

    @property
    def page(self) -> str:
        return f"/intern/werkstatt/{self.made.id}/ergebnisse"

    def pins(self):
        """Return the pins by their texts."""
        return {p.answer.text: p for p in self.set.rooms.pins(self.room)}

    def move(self, deed: str) -> None:
        self.set.kept.move(self.made.id, "laptop", deed)

    def send(self, name: str, slide: str, **payload: object) -> None:
        self.clock.on(seconds=1)
        self.set.rooms.answer(
            self.made.code, Sent(self.who[name], slide, f"{self.clock.now:%H%M%S}", payload)
        )

    def agree(self, name: str, text: str) -> None:
        self.clock.on(seconds=1)
        self.set.rooms.agree(self.made.code, self.who[name], self.pins()[text].id)
