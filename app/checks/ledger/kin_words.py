"""Words by which people call one thing now this and now that: the paper or the deed, and what it is about."""

from __future__ import annotations

from collections.abc import Mapping

from app.checks.words import bag

KINDS: Mapping[str, frozenset[str]] = {
    "showing": bag("""walkthrough walk tour demo demonstration demonstrate show showing runthrough preview"""),
    "reckoning": bag(
        """estimate estimation calculation calculate projection forecast roi savings computation figure sum costing
        math maths arithmetic"""
    ),
    "teaching": bag("training train workshop course lesson coaching coach class tutorial seminar bootcamp"),
    "talking": bag("call meeting chat conversation catchup discussion session appointment talk"),
    "handbook": bag("guide instruction howto documentation tutorial primer procedure"),
    "digest": bag(
        "overview summary recap outline digest rundown synopsis breakdown writeup abstract report conclusion"
    ),
    "plan": bag("plan timeline schedule calendar milestone programme program itinerary"),
    "offer": bag("quote offer proposal bid"),
    "tryout": bag("sandbox trial playground staging"),
    "cure": bag("fix patch hotfix bugfix correction workaround remedy repair"),
    "answers": bag("answer response reply questionnaire explanation clarification"),
    "listing": bag("list checklist inventory register listing catalogue"),
    "sheet": bag("template spreadsheet sheet form mask layout"),
    "extract": bag("export extract dump excerpt download"),
    "contract": bag("contract agreement msa paperwork"),
    "review": bag("review audit assessment inspection analysis evaluation"),
    "minutes": bag("minutes recap protocol note"),
    "recording": bag("recording video clip capture"),
}
"""What sort of thing, or of deed, it is."""
SUBJECTS: Mapping[str, frozenset[str]] = {
    "app": bag("app phone mobile smartphone handset"),
    "fuel": bag("fuel diesel petrol gas gasoline"),
    "saving": bag("save savings saving spare roi payback benefit"),
    "cost": bag("cost price spend expense budget fee charge"),
    "vehicle": bag("vehicle truck lorry van fleet car trailer"),
    "route": bag("route routing trip itinerary"),
    "depot": bag("depot warehouse hub yard terminal branch"),
    "data": bag("data dataset record history"),
    "import": bag("import migrate migration transfer load upload"),
    "interface": bag("interface api integration connector link connection"),
    "security": bag("security infosec soc2 protection"),
    "hosting": bag("hosting datacenter server cloud"),
    "login": bag("login sso access credential password account"),
    "rollout": bag("rollout deployment implementation golive launch"),
    "reporting": bag("reporting dashboard statistic"),
    "driver": bag("driver courier chauffeur"),
    "planner": bag("planner planning dispatcher dispatch scheduler"),
    "customer": bag("customer client account"),
    "delivery": bag("delivery shipment consignment parcel"),
    "fault": bag("bug error crash fault defect glitch problem issue"),
    "map": bag("map mapping geocoding address"),
    "time": bag("hour shift overtime timesheet"),
    "board": bag("board management directors leadership executive"),
    "it": bag("it technician admin administrator developer engineer"),
    "money": bag("accounting finance bookkeeping controller accountant cfo"),
}
"""What it is about, or whom it is for."""
AUDIENCES = frozenset({"driver", "planner", "customer", "board", "it", "money"})
"""Whom it is for: the drivers' training is not the planners'."""
LOOSE = bag(
    """walk show present demo train give get have send make do take run set hold go guide tour guided full complete
    thing version team number calculate idea look bit what you d ll you'd can
    people quick brief small little own"""
)
"""Says nothing of what it is about."""
