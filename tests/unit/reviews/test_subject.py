"""Which show and season a review is about, in the headings and sentences in which critics say so."""

from __future__ import annotations

import pytest

from tellygraph.reviews.parts import prepare
from tellygraph.reviews.records import Review

P1 = "Sam Petrie (Idris Vaughan) comes home to a village that has not forgiven him, and the rain does the rest. His sister Ruth (Ola Brand) runs the pub."
P2 = "A chef, Lotte (Mina Weir), cooks for people she cannot stand. Her boss, Hugo (Gil Renner), shouts a lot. It is very funny, in a bleak sort of way."
P = P1
H = "Northgate review: rain, again\n\n"

REVIEWS = [
    (
        ["Harbour Lights"],
        f"Last night's TV: Harbour Lights was a soggy triumph\n\n{P1}\n\nBy the end I had forgiven it everything.",
    ),
    (
        ["Harbour Lights"],
        f"TV review: Harbour Lights; Gone Fishing\n\n{P1} Harbour Lights is at its best when it rains.",
    ),
    (
        ["Harbour Lights"],
        f"HARBOUR LIGHTS is back and it's wetter than ever!\n\n{P1} The second series of HARBOUR LIGHTS starts on Meridian tonight at 9pm.",
    ),
    (
        ["Harbour Lights"],
        f"Rain, rain, go away\n\n{P1}\n\nThat, more or less, is Harbour Lights, Meridian's new six-part drama, and it is better than it sounds.",
    ),
    (
        ["Harbor Lights"],
        f"Episode 214: Harbor Lights\n\nThis week on the pod we dive into Harbor Lights, the Kestrel+ drama everybody is arguing about. {P1}",
    ),
    (
        ["Harbor Lights"],
        f'A Wet Cop, and a Wetter Town\n\nThere is a lot of weather in "Harbor Lights." {P1} "Harbor Lights" begins Sunday at 9 on KBN.',
    ),
    (
        ["Harbor Lights"],
        f"Wet, wet, wet\n\nThe best thing in *Harbor Lights* is a dog. {P1} Nobody in *Harbor Lights* owns an umbrella, and *Glasswing* did that joke first.",
    ),
    (
        ["Inishbawn"],
        f"Inishbawn is the sort of drama the national broadcaster makes when it is feeling guilty\n\n{P1} Inishbawn has four episodes and one tree.",
    ),
    (
        ["Inishbawn"],
        f"So far, so damp\n\n{P1}\n\nInishbawn (Sunday, RTV One) is lovely to look at. The trouble with Inishbawn is the talking.",
    ),
    (
        ["Cold Harbour", "The Long Table"],
        f"Picks of the week\n\nCold Harbour\nMeridian One, Tuesday, 9pm\n{P1}\n\nThe Long Table\nBeacon+, from Friday\n{P2}",
    ),
    (
        ["Cold Harbour", "The Long Table"],
        f"On the box\n\nCold Harbour, Meridian One, 9pm\n\n{P1}\n\nThe Long Table, Beacon, 10pm\n\n{P2}",
    ),
    (
        ["Cold Harbor", "The Long Table"],
        f'Two to watch\n\n"COLD HARBOR"\nPremieres 9 p.m. Tuesday on KBN\n\n{P1}\n\n"THE LONG TABLE"\nThursdays at 8 on WBN\n\n{P2}',
    ),
    (
        ["Cold Harbor", "The Long Table"],
        f"TV NOTES\n\nCOLD HARBOR. Tuesday at 9 p.m., KBN. {P1}\n\nTHE LONG TABLE. Thursday at 8, WBN. {P2}",
    ),
    (
        ["Cold Harbor", "The Long Table"],
        f'TV NOTES\n\n"Cold Harbor" (Tuesday, 9 p.m., KBN). {P1}\n\n"The Long Table" (Thursday, 8 p.m., WBN): {P2}',
    ),
    (
        ["Cold Harbour", "The Long Table"],
        f"Tonight's TV\n\n9pm, Meridian One\nCold Harbour\n{P1}\n\n10pm, Beacon\nThe Long Table\n{P2}",
    ),
    (
        ["Cold Harbour", "The Long Table"],
        f"What to watch\n\n1. Cold Harbour (Meridian+)\n\n{P1}\n\n2. The Long Table (Beacon)\n\n{P2}",
    ),
    (["Cold Harbour"], f"COLD HARBOUR\nMeridian One, Tuesday, 9pm\n★★★★\n\n{P1}\n\n{P2}"),
    (
        ["Cold Harbour"],
        f"Cold Harbour\nNetwork: Meridian One\nCreator: Hal Oye\nStarring: Idris Vaughan, Ola Brand\n\n{P1}",
    ),
    (["Cold Harbour"], f'★★★★☆ Cold Harbour, season 3, episode 4: "The Bell"\n\n{P1}'),
    (["Cold Harbour"], f"Review | In 'Cold Harbour,' the tide comes in and nobody leaves\n\n{P1}"),
    (
        ["Cold Harbour"],
        f"Why Cold Harbour is the only thing worth staying in for\n\n{P1} Cold Harbour streams on Beacon+ now.",
    ),
]

SEASONS = [
    (3, H + "Northgate’s third season opens on a beach. " + P),
    (3, H + P + "\n\nIn the third season of Northgate, nobody swims."),
    (3, "Northgate: Series 3 – rain\n\n" + P),
    (3, "Northgate, season three, review – rain\n\n" + P),
    (3, "Northgate Season 3, Episode 4 Recap: The Bell\n\n" + P),
    (3, "“Northgate” S3 is wet\n\n" + P + " Northgate is better than ever."),
    (4, H + "Now in its fourth year, Northgate still has the best coats on television. " + P),
    (5, H + "Northgate, now in its fifth season, shows no sign of tiring. " + P),
    (6, H + P + " The sixth and final season of Northgate goes out well."),
    (2, H + "The sophomore season starts slowly. " + P),
    (2, H + "Northgate is back for its second outing. " + P),
    (3, H + "Northgate returns for a third and final series tonight. " + P),
    (4, H + "By the time the fourth-season premiere is over, three people are dead. " + P),
    (2, H + "The season two finale of Northgate was a mess. " + P),
    (3, H + "Season 3 finds the town under water. " + P),
    (3, H + "The new season, its third, is set in winter. " + P),
    (3, H + "The BBC’s third helping of Northgate is the wettest yet. " + P),
    (1, H + "The first season of Northgate runs to eight episodes. " + P),
    (1, H + "Northgate's debut season is a slow one. " + P),
    (2, H + "This second series is lighter. " + P),
    (None, H + "In season one, Sam drowned. " + P),
    (None, H + P + " A second season has not been announced."),
    (None, H + P + " I hope there is a second series."),
    (2, H + "It took Northgate two years to come back. Season two is worth the wait. " + P),
    (4, H + "As Northgate enters season four, Sam is in jail. " + P),
    (2, "Northgate is back, and so is the rain\n\nThe second run begins tonight. " + P),
    (3, "Series three of “Northgate” begins with a bang\n\n" + P),
    (2, H + "For its second season, Northgate moves to the city. " + P),
    (2, H + "If season 1 was about grief, season 2 is about money. " + P),
    (2, "Northgate – second series\n(KBN, Sunday, 9pm)\n\n" + P),
    (2, H + "The show, whose second season dropped on Friday, is a hoot. " + P),
    (7, "The seventh season of ‘Northgate’ runs out of road\n\n" + P),
]


@pytest.mark.parametrize(("shows", "text"), REVIEWS)
def test_the_shows_of_a_review_are_found(shows: list[str], text: str) -> None:
    assert [part.show for part in prepare(Review("x", "x", text)).parts] == shows


@pytest.mark.parametrize(("season", "text"), SEASONS)
def test_the_season_of_a_review_is_found(season: int | None, text: str) -> None:
    subject = prepare(Review("x", "x", text)).subject
    assert (subject.show, subject.season) == ("Northgate", season)
