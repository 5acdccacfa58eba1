"""What events are coded into: PLOVER and CAMEO, the map between them, and a user's own ontology.

Nothing is read before the first look-up; every table is read once.

    plover().type("CONSULT").quad                     1
    after_status("CONSULT", "future").event_type      "AGREE"
    to_cameo("SUPPORT", details=["sign"])             "057"
    to_plover("1053").mode                            "yield"
    goldstein("190"), score("ASSAULT", "aerial")      -10.0, -9.5
    quad_class("141", "gdelt")                        3
"""

from dragoman.ontology.actors import (
    ActorCode,
    CameoActor,
    country_to_cameo,
    nonstates,
    read_cameo_actor,
    sector,
    sector_from_cameo,
    sector_to_cameo,
    sectors,
)
from dragoman.ontology.cameo import (
    CameoCode,
    KedsCode,
    cameo,
    cameo_code,
    cameo_ontology,
    from_keds,
    goldstein,
)
from dragoman.ontology.covers import code_under
from dragoman.ontology.crosswalk import PloverCode, details, to_cameo, to_plover
from dragoman.ontology.errors import OntologyFileError, UnknownCodeError, UnknownOntologyError
from dragoman.ontology.model import (
    Context,
    EventType,
    Example,
    Mode,
    Ontology,
    Status,
    StatusRule,
)
from dragoman.ontology.plover import AfterStatus, after_status, plover, score
from dragoman.ontology.quads import CONVENTIONS, QUAD_NAMES, quad_class
from dragoman.ontology.registry import load_ontology, ontology

__all__ = [
    "CONVENTIONS",
    "QUAD_NAMES",
    "ActorCode",
    "AfterStatus",
    "CameoActor",
    "CameoCode",
    "Context",
    "EventType",
    "Example",
    "KedsCode",
    "Mode",
    "Ontology",
    "OntologyFileError",
    "PloverCode",
    "Status",
    "StatusRule",
    "UnknownCodeError",
    "UnknownOntologyError",
    "after_status",
    "cameo",
    "cameo_code",
    "cameo_ontology",
    "code_under",
    "country_to_cameo",
    "details",
    "from_keds",
    "goldstein",
    "load_ontology",
    "nonstates",
    "ontology",
    "plover",
    "quad_class",
    "read_cameo_actor",
    "score",
    "sector",
    "sector_from_cameo",
    "sector_to_cameo",
    "sectors",
    "to_cameo",
    "to_plover",
]
