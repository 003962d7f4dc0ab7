"""The invented names of Musterstadt, in the order in which its districts are drawn."""

from __future__ import annotations

from typing import Final

TOWN: Final = "Musterstadt"

BOROUGHS: Final = ("Mitte", "Hafen", "Nord", "Ost", "Südost", "Süd", "Südwest", "West")

DISTRICTS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("Altstadt", ("Domviertel", "Alter Markt", "Klosterviertel", "Brückenkopf")),
    ("Rosenviertel", ("Rosenhof", "Pulvermühle", "Wallgärten", "Nordertor")),
    ("Theaterviertel", ("Stadtpark", "Universität", "Opernplatz", "Ostertor")),
    ("Neustadt", ("Neumarkt", "Gerberviertel", "Am Wasserturm", "Westwall")),
    ("Brückenvorstadt", ("Südertor", "Uferstraße", "Lange Wiese", "Schützenhof")),
    ("Hafenvorstadt", ("Kontorviertel", "Werftstraße", "Kornspeicher")),
    ("Hafeninsel", ("Westkai", "Ostkai")),
    ("Sandwerder", ("Werderdorf",)),
    ("Mooringen", ("Moorhof",)),
    ("Nordstadt", ("Eisenbahnviertel", "Fabrikstraße", "Nordmarkt")),
    ("Gartenstadt", ("Am Botanischen Garten", "Fliederhain", "Musikerviertel")),
    ("Lindenhof", ("Lindenhof-Süd", "Lindenhof-Mitte", "Lindenhof-Nord")),
    ("Steinfelde", ("Steinfelde-Dorf", "Am Kiessee", "Windmühlenberg")),
    ("Heidkamp", ("Alter Heidkamp", "Heideblick", "Schäferkoppel")),
    ("Oststadt", ("Dichterviertel", "Ostbahnhof", "Komponistenviertel")),
    ("Am Stadtwald", ("Waldfrieden", "Försterei", "Fasanengarten")),
    ("Ziegelhausen", ("Alte Ziegelei", "Am Tonsee")),
    ("Birkenrode", ("Birkenrode-Dorf", "Hopfengarten")),
    ("Mühlenvorstadt", ("Ölmühle", "Papiermühle", "Am Flussbad", "Mühlgraben")),
    ("Wiesengrund", ("Neue Gärten", "Wiesengrund-Dorf")),
    ("Fährhausen", ("Alte Fähre", "An der Schleuse")),
    ("Südstadt", ("Südbahnhof", "Schlachthofviertel", "Kasernenviertel", "Lutherviertel",
                  "Am Gaswerk")),
    ("Kirchfeld", ("Kirchfeld-Ost", "Kirchfeld-West")),
    ("Auental", ("Auenblick", "Fischerdorf", "Obere Au")),
    ("Bahnhofsviertel", ("Güterbahnhof", "Postviertel", "Am Lokschuppen", "Arbeitergärten")),
    ("Johannisvorstadt", ("Johanniskirche", "Am Krankenhaus", "Friedhofsviertel",
                          "Färberviertel")),
    ("Eichenbruch", ("Eichenbruch-Dorf", "Am Kanal", "Kanalsiedlung")),
    ("Großenhagen", ("Großenhagen-Dorf", "Kleinenhagen", "Am Hagener Forst")),
    ("Weststadt", ("Konservenfabrik", "Westpark", "Gleisdreieck")),
    ("Schlossgarten", ("Schlossallee", "Orangerie", "Fürstenhöhe")),
    ("Deichhausen", ("Deichhausen-Dorf", "Außendeich", "Am Siel")),
    ("Tannenbusch", ("Tannenbusch-Ost", "Tannenbusch-West", "Sternsiedlung")),
)  # fmt: skip
"""Each district with its social areas."""

SCHOOLS: Final = (
    "Domschule", "Astrid-Lindgren-Schule", "Hafenschule", "Schule am Nordmarkt",
    "Lindenhofschule", "Erich-Kästner-Schule", "Waldschule", "Schule an der Mühle",
    "Südstadtschule", "Regenbogenschule", "Schlossschule", "Deichschule",
)  # fmt: skip
"""The twelve primary schools that give the school areas their names."""
