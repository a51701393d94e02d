"""First names and their short forms, in small letters and without accents."""

from __future__ import annotations

from collections.abc import Mapping

_TOGETHER = """
abigail abby gail; abraham abe bram; adam ad; adelaide addie adele; agnes aggie nessie; albert al bert bertie;
alexander alex al sandy xander lex sascha sasha alec alejandro alessandro aleksander; alexandra alex sandra
sandy lexi alexandria sasha aleksandra ola; alfred al fred alf alfie; alice ali allie; allison ali allie; amanda
mandy; anastasia ana stacy nastya; andrew andy drew andre andreas andrea andrei andrzej anders; angela angie;
ann anne anna annie nan nancy hannah anya ania; anthony tony ant antonio anton antoine; antoinette toni;
archibald archie; arnold arnie; arthur art artie artur; augustus gus august; barbara barb babs basia;
bartholomew bart; bartlomiej bartek; beatrice bea trixie; benedict ben; benjamin ben benny benji; bernard
bernie; bernadette bernie; bethany beth; bradley brad; bridget biddy; calvin cal; cameron cam; carl karl carlos
karel; caroline carrie carol carolyn karolina; catherine katherine kathryn kate katie kathy cathy kat kit kitty
cat katarina katharina katrin kasia katarzyna ekaterina katya; cecilia cece celia; charles charlie chuck chas
carlos carl karl; charlotte charlie lottie; christina tina chris chrissy kristina krystyna; christine chris tina
chrissy kristin kirsten; christopher chris kit topher kristof krzysztof christoph; christian chris; clarence
clare; claudia claude; clifford cliff; clinton clint; constance connie; cornelius neil; curtis curt kurt;
cynthia cindy; daniel dan danny daniele; danielle dani; david dave davey davide; deborah deb debbie debra;
dennis denny; derek derrick; diana di diane; dominic dom nick; donald don donnie; donna don; dorothy dot dottie
dolly; douglas doug; edmund ed eddie ned; edward ed eddie ted teddy ned eduardo edouard; edwin ed eddie; eleanor
ellie nell nora ella lena; elizabeth liz lizzie beth betty betsy eliza lisa libby lizbeth ella elsa elisabeth
elise elspeth bess isabel; ellen ellie nell; emily em emmy milly; emma em emmy; emmanuel manny manuel; ernest
ernie; eric erik; esther hester essie; eugene gene; evelyn evie eve; ezekiel zeke; florence flo flora; frances
fran frankie francesca; francis frank fran frankie francisco francesco francois franz paco; franklin frank;
frederick fred freddie fritz rick frederic; gabriel gabe; gabrielle gabby gabi; gareth gary; genevieve gen
jenny; geoffrey geoff jeff; george georgie jorge georg jerzy giorgio; gerald gerry jerry; gerard gerry; gertrude
trudy; gilbert gil bert; giovanni gianni; giuseppe beppe; gordon gordie; grace gracie; gregory greg gregor
grzegorz; guillermo memo; gwendolyn gwen wendy; hannah hanna; harold harry hal; harriet hattie harry; heinrich
heinz; helen nell; helena ellie lena elena; henrietta etta hetty; henry harry hank hal henri heinrich henrik
enrique; herbert herb bert herbie; howard howie; hubert hugh bert; ignacio nacho; immanuel manny; irene rena;
isaac ike zac; isabella bella izzy isabel; jacob jake jakob james; jacqueline jackie; james jim jimmy jamie jem
jaime; jane janie jenny janet; janet jan jan; jason jay; jean jeannie; jeffrey jeff; jennifer jen jenny jenn;
jeremiah jerry; jeremy jerry jem; jerome jerry; jessica jess jessie; jesus chuy; joan joanie; joanna jo joanne
asia; johannes hans jan joe; john jack johnny jon jan johan juan ivan hans giovanni jean; jonathan jon jonny
nathan; jose pepe; joseph joe joey jo josef jozef giuseppe; josephine jo josie; joshua josh; joyce joy; juan
juancho; judith judy; julia julie jules; julian jules; karen kari; kenneth ken kenny; kimberly kim; klaus nick;
kristin kris kristen; larissa lara; lauren laurie ren; laurence lawrence larry laurie lars lorenzo; leonard leo
len lenny; leonardo leo; leopold leo; leslie les; lewis lou; louis lou louie luis luigi ludwig lewis; louise
lou; lucas luke luca lukas luc; lucy lu lucia; lydia liddy; madeline maddie; magdalena lena magda; malcolm mal;
marcus marc mark marco marek; margaret maggie meg peggy marge margie greta rita daisy gosia malgorzata madge;
maria marie mary mia; marianne mary ann; marilyn mary; marjorie marge margie; mark marc marco; martha marty;
martin marty; mary molly polly mae may maria; matilda tilly; matthew matt matty mateo matthias matteo mathieu
mateusz; maurice mo; maximilian max; maxwell max; melanie mel; melissa mel missy lissa; melvin mel; mercedes
mercy; michael mike mick mickey mikey mitch michel miguel michal mikhail misha micha michele; michelle shelly
chelle; mildred millie; minerva minnie; miriam mimi; mitchell mitch; mohammed mo mohamed muhammad mohammad;
moses moe; nancy nan; natalie nat natalia natasha; nathan nate nat; nathaniel nate nat nathan; nicholas nick
nicky niko nicolas nico klaus nicola colin mikolaj; nicole nicky nikki; norman norm; olivia liv livvy; oliver
ollie; oscar ozzie; oswald oz ozzie; pamela pam; patricia pat patty tricia trish; patrick pat paddy patrice;
paul pablo pavel paolo; paula polly; penelope penny; percival percy; peter pete pedro pierre piotr petr pietro;
philip phil pip felipe philippe filip; phyllis phyl; priscilla cilla; prudence prue; rachel rae; ramon ray;
randall randy; randolph randy; raphael rafe rafael rafa rafal; raymond ray; rebecca becky becca; reginald reg
reggie; reinhard hardy; rene ren; richard rick rich dick ricky richie ricardo; robert rob bob bobby robbie bert
roberto robin; roberta bobbie; roderick rod rick; rodney rod; roland rollie; ronald ron ronnie; rosalind ros
roz; rosemary rose rosie; rosanne rose; roxanne roxy; rudolph rudy; rufus ruff; russell russ rusty; ruth ruthie;
salvatore sal; samantha sam sammy; samuel sam sammy; sandra sandy; sarah sally sadie sara; sebastian seb
bastian; sean shaun shawn; shirley shirl; sidney sid syd; siegfried sigi; simon si; sofia sophie sophia zosia;
solomon sol; stanley stan; stanislaw staszek stan; stephanie steph stevie; stephen steve steven stefan stephan
stevie stef esteban; stuart stu stewart; susan sue susie suzanne susanna suzy; sylvester sly; sylvia syl silvia;
tabitha tabby; tamara tammy tam; terence terry; theresa terry tess tessa teresa tere; theodore ted teddy theo;
theodora dora theo; thomas tom tommy tomas tomasz; tiffany tiff; timothy tim timmy; tobias toby; ursula uschi;
valentina val; valerie val; vanessa nessa; veronica ronnie roni vera; victor vic viktor; victoria vicky vicki
tori; vincent vince vinny vincenzo; viola vi; violet vi; virginia ginny ginger; vivian viv; vladimir vlad
volodya; walter walt wally; wendy wen; wilfred will fred wilf; wilhelmina mina willa; william will bill billy
willy liam guillaume wilhelm guillermo; winifred winnie fred; winston win; wojciech wojtek; yevgeny zhenya
eugene; yolanda yoli; zachary zach zack; zoe zo; dmitri dima dmitry; sergei serge sergio serhii; ivan vanya;
juergen jurgen jorg; wolfgang wolf; friedrich fritz; josefine fine; ingeborg inge inga; annika anne; antje ann;
birgit gitte; hildegard hilde; gunther gunter guenter; tatiana tanya; natalya natasha; olga olya; yuri yura;
nikolai kolya nick; pavel pasha; agnieszka aga; malgorzata gosia; zbigniew zbyszek; rajesh raj; rajendra raj;
priyanka priya; abhishek abhi; aditya adi; siddharth sid; krishna kris; venkatesh venkat; subramanian subbu;
xiaoming ming
"""
_ALONE = """
aaron adrian aiko aisha akira alan alvaro amir amit amy ana anand ananya andrea anita anjali anke april arjun
arun astrid ava axel bianca bjorn bogdan boris brandon brenda brian bruce bruno bryan carla carmen cesar chen
cheryl chiara chloe claire clara claude colin craig dana darren dean deepak denise dev diego dirk dmitry doris
dylan ebba edith elaine elena eli elias elif elke ella elliot emil emre enrique erica erin esteban ethan etienne
eva fatima felix fernando fiona florian frieda gaurav gemma georgia gianna gina giulia gloria gonzalo graham
greta guido gustav guy hanna hans hao harald hassan heather heidi heike helga henrik hiroshi holly hugo ian
ibrahim imran ines inga ingrid irina isla ivy jade jack jaime javier jay jean jelena jill jin joao joel johan
jonas jordan jorge josie joy juan judy julio june justin kai kaito karim karin karina kate kavya keith kelly ken
kenji kerry kevin khalid kiran klara knut kofi kyle lana lara lars laura leah lee lei leila leo leon lian liam
lidia lila lily lin linda ling linh lisa lola lorena lorna louise luca lucia luna mads magnus mahmoud maja malik
manuela mara marcel marcin marco margot marina mario marion marisol marlene marta mateo matilde maya megan mei
meredith mia miguel mika milan ming mira miriam moira mona monica monika morgan murat nadia naomi natasha neha
neil nell nia niamh nicola nils nina noah noor nora noel odile olaf ole oleg olga omar owen pablo paige palle
pascal patrice pedro per petra pia pilar piotr priya qing quentin rafael rahul rajiv ralf ram ramona raul reema
renate rhys riya robin roger rohan roland rosa rose rosie ross roy ruben ruby ryan sabine saleem salim samir
sandeep sanjay santiago sara satoshi scott selin serena shane sharon sheila shreya sina simone sinead siobhan
sonia soren stella stina sunil sven svetlana sylvie takeshi tanja tara tariq tess thea tiago tilda tina tobias
todd tomas tomasz torsten tracy travis trevor tristan troy ulf ulrich ulrike ute uwe vera vijay vikram viktor
violeta vivek warren wei wen werner will xavier yan yara yasmin yi ying yuki yusuf yvonne zara zhang zoe hank
etta dominika fernanda hui jun kumar lenka mehmet milena nikhil ondrej osman pooja rashid renata rita samira
sanna tuan vikas yasin zainab
"""


def _groups() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(group.split()) for group in _TOGETHER.split(";"))


_GROUPS = _groups()
SHORT_FORMS: Mapping[str, frozenset[int]] = {
    name: frozenset(number for number, group in enumerate(_GROUPS) if name in group)
    for group in _GROUPS
    for name in group
}
"""For each name, the numbers of the groups in which it is: two names with a group in common may mean one person."""

FIRST_NAMES: frozenset[str] = frozenset(SHORT_FORMS) | frozenset(_ALONE.split())
"""Names that many people have as their first."""
