"""Words that are also the names of companies, places or people: seen alone, they name nobody for sure."""

from __future__ import annotations

from app.checks.words import bag

ORDINARY = bag(
    """
    access ace active acorn advance adobe agile air alert allegiance alliance ally alpha alpine altitude amazon
    amber america american anchor apex apollo apple arc arch arctic arena aries arrow ascent ash aspen asset
    aster atlantic atlas aurora austin avalon axis balance banner bamboo base basic bay beacon bear bell berlin
    best beta big birch bird black block bloom blue board bold bolt bond boston boulder box bravo breeze bridge
    bright brook brooks brown buffalo build burst cactus cadence camden canvas capital cardinal care carter
    cascade case castle catalyst cedar center central century chain champion chapter charm charter chase chevron
    chicago choice circle citizen city clay clear cliff cloud clover club coach coast cobalt code comet command
    common compass concord concert connect continental coral core corner corona cosmos cottage cove craft crane
    creative crest crimson cross crown crystal cube current custom cypress daily dash data dawn deep delta
    denver depot desert diamond digital direct discover dolphin dove dragon dream drift drive dunes eagle earth
    east easy echo eclipse edge edison elan element elevate elite ember emerald empire energy enterprise
    envision epic equinox essence eternal everest evergreen evolve excel exchange express fable factor falcon
    family farm fast feather fidelity field fig fine fir fire first flag flagship flame fleet flex flint flow
    focus ford forest forge fort fortune forum forward foundation foundry fox fountain frame franklin freedom
    freight fresh frontier fuel fusion future gap garden gate gateway gem general genesis global globe gold
    golden good grace grand granite grant graphite gravity great green grid grove guardian guide gulf hall hand
    harbor harbour harmony harvest haven hawk hazel health heart hearth heath heritage high highland hill hive
    holly home honey hope horizon house hub hudson hunter icon ideal image impact imperial independence index
    indigo infinity inn insight inspire instant integral integrity intel international iron island ivory ivy
    jackson jade jasper jet jewel jordan journey jubilee juniper jupiter just keystone kind king kite lab lake
    land lane lark laurel lead leader league leap legacy legend level liberty life light lighthouse lilac lily
    lime lincoln link lion live local lodge logic london lotus lunar lynx machine macro madison magnet magnolia
    main major maple marathon marble mark market marshall mars mason master match matrix maverick max meadow
    medal mercury merit meridian metro midland midway mill mind mint mirror mission modern moment momentum
    monarch moon morgan morning mosaic motion mount mountain mustang mystic national native nature navigator
    nest network new next nexus nile noble nomad north northern notion nova oak oasis obsidian ocean olive
    olympia omega onyx opal open optimal oracle orange orbit orchard orchid origin orion osprey otter outlook
    oxford pace pacific palm panorama paragon paramount paris park parker partner path pathway patriot peak pear
    pearl pebble pegasus penguin phoenix pilot pine pinnacle pioneer pilgrim pivot plain planet platform plaza
    plum plus point polar polaris port prairie premier prestige prime princeton prism pro progress prominent
    prospect prosper pulse pure quality quantum quartz quest quick radiant radius rain rainbow ranger rapid
    raven reach real red redwood reef regal regent regency reliable reliance renaissance resolute resource rise
    river robin rock rocket rogers root rose round royal ruby safe sage sail salmon sand sapphire saturn scout
    sea select sense sentinel sentry sequoia serene shade shell shield shine shore sierra sigma signal signature
    silver simple single sky slack slate smart smith snow solar sole solid solo solstice sonic source south
    southern sparrow spark spectrum speed sphere spire spirit spring sprint spruce square stable standard star
    start state steel stellar sterling stone storm stream stride strive stripe strong summit sun sunrise sunset
    super supreme sure surf swan swift sycamore symphony synergy tandem target team teal tempo terra texas
    thames thistle thomas thrive tide tiger timber time titan top torch tower town trail trans transit treasure
    tree trek trend tribune trident trillium trinity triumph true trust turner twin umbrella union unique unison
    united unity universal upper urban valley vanguard vantage vault vector velocity venture venus vera veritas
    vertex victor victory view village vine vintage vision vista vital vivid volt voyage voyager visa walker
    wave wellness wells west western whale wheel white wild willow wind window wing winter wise wolf wood
    woodland world yellow york zenith zephyr zero zest zone zoom
    """
)
CALENDAR = bag(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december spring summer autumn winter
    """
)
"""Capitalised wherever they stand: a company called so is known by its full name alone."""
ACRONYMS = bag(
    """
    AI API ARR AWS B2B BI CC CEO CFO CIO COO CRM CTO CSV DPA EDI EOD ERP ETA EU FAQ FTE FYI GDPR GPS GTM HR HQ
    ID IP ISO IT KPI LLC MSA NDA NPS OEM OK PDF PM PMO PO POC PR QA QBR Q1 Q2 Q3 Q4 RFI RFP RFQ ROI SaaS SDK SKU
    SLA SME SMS SOC SOW SQL SSO TBD TCO TMS UAT UK UPS US USA USD VAT VP VPN WMS
    """
)
"""What sales people write in capitals every day; an account called so is not meant."""
LEGAL_FORMS = bag(
    """
    inc incorporated llc ltd limited gmbh ag sa sas sarl bv nv ab as asa oy oyj plc corp corporation co company
    kg kgaa se spa srl pty lp llp pllc kk aps sro spzoo ohg ug eg pbc group holding holdings
    """
)
