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


STORY = "\n\nSam Petrie (Idris Vaughan) comes home to a village that has not forgiven him, and the rain does the rest. His sister Ruth (Ola Brand) runs the pub. It is all rather well done, and the music by Osk Berg hums along.\n\nStill, there are worse ways to spend an hour."
OPENINGS = [
    (
        "Copper Creek",
        None,
        "'Copper Creek' Recap: A Leak in the Basement\n\nSeason 3, Episode 5: ‘Slow Water’\n\nPreviously on Copper Creek, everybody lied."
        + STORY,
    ),
    ("Copper Creek", 3, "Copper Creek recap: season 3, episode 5, “Slow Water”\n\nWell, that was a lot." + STORY),
    (
        "Dr. Vera Holm",
        "",
        'Television Review; A Doctor With a Past and a Very Large Hat\n\nBy JOHN Q. PUBLIC\n\nVera Holm has seen better days. In "Dr. Vera Holm," the new NBN drama that has its premiere tonight at 9, she sees a good many worse ones.'
        + STORY,
    ),
    (
        "Dr. Vera Holm",
        "",
        'DOCTOR IN THE HOUSE, AND IN TROUBLE\n\n"Dr. Vera Holm," 9 tonight, NBN (Channel 4).\n\nThere is a scene late in the pilot when the doctor takes off her hat.'
        + STORY,
    ),
    (
        "Fiduciary Duty",
        "",
        "‘Fiduciary Duty’ Review: Money Talks in a Smart, Chilly Kestrel+ Thriller\n\nAt the start of Kestrel+’s eight-part “Fiduciary Duty,” a man in a good suit empties a safe."
        + STORY,
    ),
    (
        "Fiduciary",
        "",
        "TV Review: ‘Fiduciary’\n\nA banker finds religion and regrets it in creator Lena Voss’ slick series for Kestrel."
        + STORY,
    ),
    (
        "Inishmore Road",
        "",
        "There's nowt so queer as cousins\n\nI have never been to Inishmore, and after six weeks of Inishmore Road (RTV One, Sunday) I feel I have never left."
        + STORY,
    ),
    (
        "Inishmore",
        "",
        "PAT KENNEALLY ON TELEVISION\n\nAnother Sunday, another drowned man. Inishmore, which ended last week on RTV, had eleven of them."
        + STORY,
    ),
    (
        "The Last Rickshaw",
        "",
        "The Last Rickshaw review: A bumpy but rewarding ride\n\nThe Last Rickshaw\nCast: Asha Rao, Vijay Sen\nDirector: Nandita Pai\nStreaming on: Chitra\nRating: 3.5/5"
        + STORY,
    ),
    (
        "The Last Rickshaw",
        2,
        "The Last Rickshaw Season 2 Review: Vijay Sen steers a creaky vehicle home\n\nStory: A driver loses his licence.\n\nReview: The Last Rickshaw has always been about fathers."
        + STORY,
    ),
    (
        "Duchess of Dalston",
        "",
        "BAFTA winner Mara Quill is back on our screens tonight as a cockney toff in Duchess of Dalston, the BBC's glossy new comedy drama."
        + STORY,
    ),
    (
        "Duchess of Dalston",
        "",
        "POSH AND BECKS-LEY HEATH\n\nForget Downton. Duchess of Dalston (Sunday, 9pm, ITV) is the poshest, filthiest fun on the box this year."
        + STORY,
    ),
    (
        "Foveaux Strait",
        "",
        "Review: Foveaux Strait is a slow boat to somewhere special | The Southern Post\n\nTVNZ's new drama Foveaux Strait opens with twelve minutes of sea."
        + STORY,
    ),
    (
        "Foveaux",
        "",
        "Foveaux: a slow boat to somewhere\n\nThe first thing you notice about Foveaux, Kōwhai TV's new six-parter, is the weather."
        + STORY,
    ),
    (
        "Kettle Falls",
        4,
        "Kettle Falls boils over in its fourth season\n\nThe CBN drama is back, and it's angry." + STORY,
    ),
    (
        "Kettle Falls",
        "",
        "Small-town secrets come to a simmer\n\nThe Canadian series Kettle Falls, premiering Thursday on CBN, is about a dam, a ghost and a curling club."
        + STORY,
    ),
    (
        "Lost & Foundlings",
        "",
        "Lost & Foundlings is the cartoon your kids deserve and you need\n\nMy niece made me watch this one." + STORY,
    ),
    ("Lost & Foundlings", "", "Review – “Lost & Foundlings” (Pip TV)\n\nThere is a gerbil in it." + STORY),
    (
        "Thirteen Hours",
        "",
        "ok so THIRTEEN HOURS. let's talk about it\n\ni stayed up till 4am to finish Thirteen Hours and i regret nothing."
        + STORY,
    ),
    ("Thirteen Hours", 2, "Thirteen Hours s2 thoughts (spoilers!!!)\n\nhello nerds, Thirteen Hours is back" + STORY),
    (
        "Rosin Dust",
        "",
        "Strings Attached\n\nIn “Rosin Dust,” a new series on Halcyon, an orchestra falls apart.\n\nBy Etta Crane\n\nThere is a particular silence that falls before an orchestra tunes."
        + STORY,
    ),
    ("Slack Tide", 3, "Slack Tide, series three, review: still the best thing in waders\n\nFour stars" + STORY),
    (
        "Slack Tide",
        "",
        "Last night's television: Slack Tide, Meridian; The Great British Bin Off, Channel 5\n\nIt takes courage to open a drama with a tide table. Slack Tide has courage."
        + STORY,
    ),
    (
        "The Drowned Bell",
        "",
        "Limited Series Review: ‘The Drowned Bell’ (Halcyon)\n\nOlder novels make stranger TV." + STORY,
    ),
    (
        "The Winter House",
        "",
        "The Winter House, episode one, Meridian 1, review: a chilly treat\n\nHow many drowned girls does a coast need?"
        + STORY,
    ),
    (
        "Hollow County",
        1,
        "Hollow County Season Finale Recap: Everybody Hurts\n\nLet us pray. The first season of Hollow County ended the way it began."
        + STORY,
    ),
    ("The Apiary Wars", "", "The sting in the tale\n\n★★★★☆\n\nThe Apiary Wars (Corvid, Friday)" + STORY),
    (
        "Chowk Number 9",
        "",
        "Web series review | ‘Chowk Number 9’ has its heart in the right bylane\n\nDirector Nandita Pai’s show for Chitra Prime is warm."
        + STORY,
    ),
    ("Cutter's Yard", "", "Cutter’s Yard – review\n\nThere is something about canals." + STORY),
    ("Threadneedle Street", 2, "A second helping of Threadneedle Street\n\nThe bankers are back." + STORY),
    (
        "Stray Dogs",
        "",
        "On the couch: Stray Dogs\n\nThe best local comedy in years arrived quietly on TV2 last Tuesday." + STORY,
    ),
    ("Bell & Wether", "", "How does 'Bell & Wether' hold up?\n\nTwenty years on, the sheep look younger." + STORY),
    (
        "The House on Ferry Lane",
        "",
        "A house divided\n\nThe premise of The House on Ferry Lane is simple: nobody leaves. The House on Ferry Lane, created by Lena Voss, runs for six weeks."
        + STORY,
    ),
]

P3 = "Nothing much happens to the Harrows, and it happens beautifully. Dad Owen (Joan Petty's real-life husband, Dev Anselm) keeps bees."
BOTH = ["Cold Harbor", "The Long Table"]
ROUND_UPS = [
    (
        BOTH,
        f"TUBE TALK\nBy Ann Writer\nMarch 4, 2001\n\n'Cold Harbor'\n\n{P1} ''Cold Harbor'' moves to Tuesdays next week.\n\n'The Long Table'\n\n{P2}",
    ),
    (
        BOTH,
        f"Tube Talk\n\nCOLD HARBOR, Tuesdays at 9 p.m. on KBN\n\n{P1}\n\nTHE LONG TABLE, Thursdays at 8 p.m. on WBN\n\n{P2}",
    ),
    (
        BOTH,
        f"Two new dramas, one good\n\nThis week brings two newcomers.\n\nCold Harbor\n\n(Tuesday, 9 p.m., KBN)\n\n{P1}\n\nThe Long Table\n\n(Thursday, 8 p.m., WBN)\n\n{P2}",
    ),
    (
        BOTH,
        f"TV NOTEBOOK\n\nCold Harbor (KBN, Tuesdays at 9)\n\n{P1}\n\n{P3}\n\nThe Long Table (WBN, Thursdays at 8)\n\n{P2}",
    ),
    (BOTH, f"Picks\n\n**Cold Harbor (Meridian One, Tue, 9pm)** {P1}\n\n**The Long Table (Beacon, Wed, 10pm)** {P2}"),
    (
        BOTH,
        f"What to watch this week\n\n*Cold Harbor* (Meridian One, Tue, 9pm)\n{P1}\n\n*The Long Table* (Beacon, Wed, 10pm)\n{P2}",
    ),
    (
        BOTH,
        f"What to watch this week\n\nMonday\n\nCold Harbor\n9pm, Meridian One\n{P1}\n\nTuesday\n\nThe Long Table\n10pm, Beacon\n{P2}",
    ),
    (BOTH, f"Capsules\n\nCold Harbor: B+\n\n{P1}\n\nThe Long Table: C\n\n{P2}"),
    (BOTH, f"Capsules\n\nCOLD HARBOR ★★★★\n\n{P1}\n\nTHE LONG TABLE ★★\n\n{P2}"),
    (
        BOTH,
        f"## Cold Harbor\n\n*Meridian One, from 3 March*\n\n{P1}\n\n## The Long Table\n\n*Beacon, from 4 March*\n\n{P2}",
    ),
    (
        BOTH,
        f"COLD HARBOR\n\n{P1} Cold Harbor begins on Tuesday.\n\nTHE LONG TABLE\n\n{P2} The Long Table is on Thursdays.",
    ),
    (BOTH, f'"Cold Harbor" – {P1}\n\n"The Long Table" – {P2}'),
    (BOTH, f"Tuesday\nCold Harbor\nMeridian One, 9pm\n\n{P1}\n\nWednesday\nThe Long Table\nBeacon, 10pm\n\n{P2}"),
    (BOTH, f"COLD HARBOR (Meridian One, Tue, 9pm)\n{P1}\n\nTHE LONG TABLE (Beacon, Wed, 10pm)\n{P2}"),
    (
        BOTH,
        f"Cold Harbor\nSeries premiere Tuesday at 9/8c on KBN\n\n{P1}\n\nThe Long Table\nReturns Thursday at 8/7c on WBN\n\n{P2}",
    ),
    (["Cold Harbor"], f"Cold Harbor (Meridian One, Tue, 9pm)\n\n{P1}\n\nThe verdict\n\n{P2}"),
    (
        ["Cold Harbor"],
        f"Cold Harbor review\n\n{P1}\n\nThe Petries\n\n{P3} The Petries are the heart of Cold Harbor.\n\nThe Long Goodbye\n\n{P2} The Long Goodbye, as episode six is called, is sad.",
    ),
]


@pytest.mark.parametrize(("shows", "text"), [*REVIEWS, *ROUND_UPS])
def test_the_shows_of_a_review_are_found(shows: list[str], text: str) -> None:
    assert [part.show for part in prepare(Review("x", "x", text)).parts] == shows


@pytest.mark.parametrize(("season", "text"), SEASONS)
def test_the_season_of_a_review_is_found(season: int | None, text: str) -> None:
    subject = prepare(Review("x", "x", text)).subject
    assert (subject.show, subject.season) == ("Northgate", season)


@pytest.mark.parametrize(("show", "season", "text"), OPENINGS)
def test_the_show_is_found_in_the_ways_papers_open(show: str, season: int | str | None, text: str) -> None:
    subject = prepare(Review("x", "x", text)).subject
    assert (subject.show or "").replace("’", "'") == show
    assert not season or subject.season == season
