"""The codes that a corpus file may use, and which of them go together.

Facts of PLOVER 2.0, CAMEO 1.1b3 and ISO 3166-1; FORMAT.md and CODEBOOK.md say what each is used for.
"""

from __future__ import annotations

from collections.abc import Mapping


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


STYLES = _words("agency-flash agency-story communique newspaper broadcast local-press live-blog opinion translated")
REGIONS = _words(
    "east-asia south-asia southeast-asia central-asia middle-east north-africa west-africa east-africa southern-africa "
    "western-europe eastern-europe balkans caucasus north-america central-america south-america caribbean oceania global"
)
KINDS = _words("person office state institution igo armed-group party company media ngo crowd other")
PLACE_KINDS = _words("city region country site sea border")
SECTORS = _words("GOV MIL COP SPY LEG JUD PTY OPP PRM REB UAF CRM BUS LAB AGR CVL SOC REL EDU JRN MED REF ELI PRE UNK")
STATUSES = _words("actual historical future hypothetical negated postponed cancelled")
CONTEXTS = _words(
    "military intelligence executive legislative election political_institutions pro_democracy pro_autocracy "
    "diplomatic territory peacekeeping legal reparations human_rights rights_freedoms repression asylum gender lgbt "
    "religion_ethnicity inequality human_security health migration economic natural_resource environment disasters "
    "technology terrorism cbrn cyber misinformation crime corruption illegal_drugs trafficking"
)
MODES: Mapping[str, tuple[str, ...]] = {
    "AGREE": (),
    "CONSULT": _words("visit third-party multilateral phone"),
    "SUPPORT": (),
    "CONCEDE": (),
    "COOPERATE": (),
    "AID": (),
    "RETREAT": _words("withdraw release disarm ceasefire access resign return"),
    "REQUEST": _words("assist change yield meet"),
    "ACCUSE": _words("disapprove investigate allege"),
    "REJECT": _words("assist change yield meet"),
    "THREATEN": _words("restrict arrest relations expel territory violence ban"),
    "PROTEST": _words("demo riot strike hunger boycott obstruct vandalize"),
    "SANCTION": _words("convict expel withdraw discontinue"),
    "MOBILIZE": _words("troops weapons police militia"),
    "COERCE": _words("seize restrict censor curfew martial-law arrest deport withhold misinformation cyber ban"),
    "ASSAULT": _words(
        "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack aerial drone "
        "heavy-weapons crowd-control unconventional execute assassinate massacre cleansing"
    ),
}
TYPES = tuple(MODES)

# Codes that the type's acts carry, as beginnings of CAMEO codes; a "-" takes codes out again.
CAMEO_OF_TYPE: Mapping[str, tuple[str, ...]] = {
    "AGREE": ("03",),
    "CONSULT": ("04",),
    "SUPPORT": ("05", "-055", "-056"),
    "CONCEDE": ("055", "056", "08"),
    "COOPERATE": ("06",),
    "AID": ("07",),
    "RETREAT": ("080", "083", "084", "086", "087", "085"),
    "REQUEST": ("02", "10"),
    "ACCUSE": ("09", "11", "-116"),
    "REJECT": ("12",),
    "THREATEN": ("13",),
    "PROTEST": ("14",),
    "SANCTION": ("16", "116"),
    "MOBILIZE": ("15",),
    "COERCE": ("17", "191", "192", "-1712", "-175"),
    "ASSAULT": ("175", "1712", "18", "19", "20", "-191", "-192"),
}
# Where the published crosswalk and the codebook leave room: allowed, with a warning.
CAMEO_EXCEPTIONS: Mapping[str, tuple[str, ...]] = {
    "CONCEDE": ("035",),
    "COOPERATE": ("084", "05"),
    "RETREAT": ("08",),
    "AID": ("084", "186"),
    "REJECT": ("164", "165"),
    "SANCTION": ("172", "173", "15"),
    "COERCE": ("163", "175", "1712"),
    "ASSAULT": ("171", "191", "192"),
    "SUPPORT": ("03",),
    "CONSULT": ("05",),
    "MOBILIZE": ("19",),
    "PROTEST": ("17", "18"),
    "ACCUSE": ("113", "016"),
}
# A mode that one CAMEO branch says outright: (type, mode) -> beginnings that fit.
CAMEO_OF_MODE: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("CONSULT", "phone"): ("041", "045", "046"),
    ("CONSULT", "visit"): ("042", "043", "044", "045", "046"),
    ("ACCUSE", "investigate"): ("09",),
    ("ACCUSE", "disapprove"): ("11",),
    ("ACCUSE", "allege"): ("11",),
    ("SANCTION", "convict"): ("116", "160", "172", "173"),
    ("PROTEST", "demo"): ("140", "141"),
    ("PROTEST", "hunger"): ("142",),
    ("PROTEST", "strike"): ("143",),
    ("PROTEST", "boycott"): ("143",),
    ("PROTEST", "obstruct"): ("144",),
    ("PROTEST", "riot"): ("145",),
    ("RETREAT", "release"): ("084",),
    ("RETREAT", "access"): ("086",),
    ("RETREAT", "ceasefire"): ("087",),
    ("RETREAT", "disarm"): ("087",),
    ("RETREAT", "withdraw"): ("087", "084"),
    ("COERCE", "arrest"): ("173",),
    ("COERCE", "deport"): ("174",),
    ("COERCE", "curfew"): ("1723",),
    ("COERCE", "martial-law"): ("1724",),
    ("ASSAULT", "abduct"): ("181", "184", "180"),
    ("ASSAULT", "sexual"): ("182", "180", "20"),
    ("ASSAULT", "torture"): ("182", "180", "175"),
    ("ASSAULT", "suicide-attack"): ("183",),
}

ORGANISATIONS = _words("IGO UNO EUR NGO ISM IMG MNC")
# ISO 3166-1 alpha-3, Kosovo, and states of the past that a text may name (ISO 3166-3).
COUNTRIES = _words(
    "ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA BGD BGR BHR BHS BIH BLM "
    "BLR BLZ BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN CIV CMR COD COG COK COL COM CPV CRI CUB CUW CXR "
    "CYM CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESH ESP EST ETH FIN FJI FLK FRA FRO FSM GAB GBR GEO GGY GHA GIB "
    "GIN GLP GMB GNB GNQ GRC GRD GRL GTM GUF GUM GUY HKG HMD HND HRV HTI HUN IDN IMN IND IOT IRL IRN IRQ ISL ISR ITA "
    "JAM JEY JOR JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAC MAF MAR MCO MDA "
    "MDG MDV MEX MHL MKD MLI MLT MMR MNE MNG MNP MOZ MRT MSR MTQ MUS MWI MYS MYT NAM NCL NER NFK NGA NIC NIU NLD NOR "
    "NPL NRU NZL OMN PAK PAN PCN PER PHL PLW PNG POL PRI PRK PRT PRY PSE PYF QAT REU ROU RUS RWA SAU SDN SEN SGP SGS "
    "SHN SJM SLB SLE SLV SMR SOM SPM SRB SSD STP SUR SVK SVN SWE SWZ SXM SYC SYR TCA TCD TGO THA TJK TKL TKM TLS TON "
    "TTO TUN TUR TUV TWN TZA UGA UKR UMI URY USA UZB VAT VCT VEN VGB VIR VNM VUT WLF WSM YEM ZAF ZMB ZWE KOS "
    "SUN YUG CSK DDR SCG"
)
PAST_STATES = _words("SUN YUG CSK DDR SCG")

_CAMEO_ROOTS: Mapping[str, str] = {
    "01": "0 1 2 3 4 5 6 7 8 9",
    "02": "0 1 11 12 13 14 2 3 31 32 33 34 4 41 42 43 44 5 51 52 53 54 55 56 6 7 8",
    "03": "0 1 11 12 13 14 2 3 31 32 33 34 4 41 42 43 44 5 51 52 53 54 55 56 6 7 8 9",
    "04": "0 1 2 3 4 5 6",
    "05": "0 1 2 3 4 5 6 7",
    "06": "0 1 2 3 4",
    "07": "0 1 2 3 4 5",
    "08": "0 1 11 12 13 14 2 3 31 32 33 34 4 41 42 5 6 61 62 63 7 71 72 73 74",
    "09": "0 1 2 3 4",
    "10": "0 1 11 12 13 14 2 3 31 32 33 34 4 41 42 43 44 5 51 52 53 54 55 56 6 7 8",
    "11": "0 1 2 21 22 23 24 25 3 4 5 6",
    "12": "0 1 11 12 13 14 2 21 22 23 24 3 31 32 33 34 4 41 42 43 44 45 46 5 6 7 8 9",
    "13": "0 1 11 12 13 2 21 22 23 24 3 4 5 6 7 8 81 82 83 84 85 9",
    "14": "0 1 11 12 13 14 2 21 22 23 24 3 31 32 33 34 4 41 42 43 44 5 51 52 53 54",
    "15": "0 1 2 3 4",
    "16": "0 1 2 21 22 23 3 4 5 6 61 62 63",
    "17": "0 1 11 12 2 21 22 23 24 3 4 5",
    "18": "0 1 2 21 22 23 3 31 32 33 4 5 6",
    "19": "0 1 2 3 4 5 6",
    "20": "0 1 2 3 4 41 42",
}
CAMEO = frozenset(root + leaf for root, leaves in _CAMEO_ROOTS.items() for leaf in leaves.split())

# Acts that have all parties as actors, or none on the receiving side; CONSULT only with these modes has a recipient.
CONSULT_WITH_RECIPIENT = frozenset(_words("visit phone third-party"))
WANTS_RECIPIENT = frozenset({"AID", "SANCTION", "COOPERATE"})


def cameo_fits(code: str, beginnings: tuple[str, ...]) -> bool:
    """Whether a CAMEO code starts with one of the beginnings and with none of those marked "-"."""
    wanted = tuple(b for b in beginnings if not b.startswith("-"))
    unwanted = tuple(b[1:] for b in beginnings if b.startswith("-"))
    return code.startswith(wanted) and not code.startswith(unwanted or ("no",))
