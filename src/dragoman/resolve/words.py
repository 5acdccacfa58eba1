"""Words that take up what was named before: pronouns, and the nouns that may stand for whom."""

from __future__ import annotations

HE = frozenset(["he", "him", "his", "himself"])
SHE = frozenset(["she", "her", "hers", "herself"])
IT = frozenset(["it", "its", "itself"])
THEY = frozenset(["they", "them", "their", "theirs", "themselves"])
SPEAKERS = frozenset(["i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"])
RELATIVE = frozenset(["who", "whom", "whose", "which", "that"])
PRONOUNS = HE | SHE | IT | THEY | SPEAKERS | RELATIVE


def pronoun(words: str) -> str:
    """The pronoun that the words are, in lower case; "" when they are none. "US" and "WHO" are names."""
    low = words.lower()
    return low if low in PRONOUNS and words not in ("US", "WHO") else ""


PERSONS = frozenset({"person", "office"})
BODIES = frozenset({"state", "institution", "igo", "armed-group", "company", "party", "media", "ngo"})
MANY = frozenset({"crowd", "armed-group", "group", "institution", "party", "other", "ngo"})

FEMALE = frozenset(
    ["spokeswoman", "chairwoman", "congresswoman", "policewoman", "businesswoman", "queen", "princess", "empress", "duchess", "baroness", "lady", "first-lady", "mother", "sister", "wife", "widow", "daughter", "aunt", "nun", "woman", "girl", "actress", "premiere", "mrs", "ms", "miss", "madame", "grandmother", "councilwoman", "stateswoman", "fisherwoman"]
)  # fmt: skip
MALE = frozenset(
    ["spokesman", "chairman", "congressman", "policeman", "businessman", "king", "prince", "emperor", "duke", "baron", "lord", "father", "brother", "husband", "son", "uncle", "monk", "man", "boy", "actor", "mr", "sir", "imam", "grandfather", "councilman", "statesman", "fisherman", "pope", "ayatollah"]
)  # fmt: skip

BOTH = frozenset(["both", "either", "neither", "each"])
# Nouns after "the two", "both" and what they are: states and their parts, or persons.
STATE_NOUNS = frozenset(
    ["countries", "states", "nations", "sides", "neighbours", "neighbors", "capitals", "governments", "powers", "parties", "republics", "kingdoms", "rivals", "allies", "camps", "armies", "navies", "militaries", "delegations", "states-parties", "foes", "adversaries", "economies"]
)  # fmt: skip
PERSON_NOUNS = frozenset(
    [
        "leaders",
        "ministers",
        "presidents",
        "men",
        "women",
        "diplomats",
        "officials",
        "politicians",
        "premiers",
        "envoys",
        "ambassadors",
        "negotiators",
        "officers",
        "heads",
        "interlocutors",
        "pair",
        "generals",
    ]
)

# A class of nouns may take up anyone who was named with a noun of the same class; the first of a row is the class's own name.
CLASSES: tuple[frozenset[str], ...] = tuple(
    frozenset(row.split())
    for row in (
        "minister secretary chancellor",
        "ambassador envoy diplomat representative emissary commissioner consul attache",
        "president leader ruler strongman chief",
        "premier minister pm chancellor taoiseach",
        "spokesman spokeswoman spokesperson",
        "king monarch emir sultan ruler sheikh",
        "general commander officer chief colonel admiral marshal brigadier major captain",
        "lawmaker deputy senator mp legislator parliamentarian congressman congresswoman",
        "judge magistrate court tribunal",
        "prosecutor prosecutors",
        "journalist reporter editor correspondent blogger writer",
        "activist campaigner dissident critic",
        "politician candidate leader",
        "cleric imam bishop archbishop priest patriarch pope cardinal monk",
        "suspect accused defendant man convict prisoner detainee assailant attacker",
        "ministry department office",
        "army military troops soldiers forces armed",
        "police officers force forces",
        "navy fleet",
        "parliament assembly legislature house senate congress chamber knesset duma",
        "group movement militia rebels militants fighters insurgents guerrillas organisation organization faction gunmen jihadists islamists front separatists",
        "alliance bloc organisation organization union body grouping council agency",
        "company firm group giant carrier operator manufacturer maker corporation",
        "party movement",
        "protesters demonstrators crowd marchers crowds rally activists",
        "workers strikers employees staff miners dockers",
        "residents villagers locals inhabitants",
        "refugees migrants asylum-seekers",
        "students pupils",
        "country nation state kingdom republic island neighbour neighbor government",
        "union federation workers",
        "agency newspaper broadcaster channel outlet station website",
        "charity organisation organization group agency",
    )
)  # fmt: skip
_OF_WORD: dict[str, set[int]] = {}
for _number, _row in enumerate(CLASSES):
    for _word in _row:
        _OF_WORD.setdefault(_word, set()).add(_number)


def classes_of(noun: str) -> set[int]:
    """The classes of a noun, also of its plural's singular."""
    return _OF_WORD.get(noun, set()) or _OF_WORD.get(singular(noun), set())


def singular(noun: str) -> str:
    """A regular plural's singular."""
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith("s") and not noun.endswith(("ss", "us", "is")):
        return noun[:-1]
    return {"men": "man", "women": "woman", "policemen": "policeman", "gunmen": "gunman", "spokesmen": "spokesman"}.get(
        noun, noun
    )


def gender_of(words: str) -> str:
    """ "m", "f" or "" by titles and nouns that tell."""
    low = {w.strip(".,").lower() for w in words.split()}
    if low & FEMALE:
        return "f"
    return "m" if low & MALE else ""


STATE_NOUNS_ONE = frozenset(
    [
        "country",
        "nation",
        "state",
        "kingdom",
        "republic",
        "government",
        "authorities",
        "regime",
        "neighbour",
        "neighbor",
        "emirate",
        "sultanate",
        "archipelago",
    ]
)
"""Nouns by which a story takes up its state."""
NEIGHBOURS = frozenset(["neighbour", "neighbor"])
BESIDE = NEIGHBOURS | {
    "ally",
    "rival",
    "foe",
    "enemy",
    "adversary",
    "partner",
    "archrival",
    "arch-rival",
    "backer",
    "patron",
}
"""Words for another state beside the one whose it is."""
