//! Common given names, folded; a hint that a word is a person, never needed for one.

pub(super) const NAMES: &str = "\
aage aapo aarne aaro aaron aatos abbas abbie abby abdelkader abdul abdulkadir abdulkerim abdullah abdurrahman abel abelardo abigail abiye abraham \
achille achim adalbert adalberto adam adamo adams addison adel adela adelaide adele adelheid adelina adeline adem aden adil adina aditya adnan adolf \
adolfo adora adoracion adriaan adrian adriana adrianna adriano adrien adrienn adrienne afife afonso agata agatha agathe agnes agneta agnete agnieszka \
agostino agustina ahmad ahmed ahmet ahsen ahti aida aidan aiden aila aili aimee aimo aina aino airi aisha aitor ajda akar akay akbar akbas akif akos \
aksel akseli aksoy akyildiz alaaddin alabama alaeddin alain alan alana alastair alba alban alberico albert alberte alberto albin albrecht aldo alec \
alejandra alejandro alejo aleks aleksandar aleksander aleksandra aleksanteri aleksi alen alena alenka ales alessandra alessandro alessia alessio alex \
alexa alexander alexandr alexandra alexandre alexandria alexandrie alexandrina alexandru alexe alexej alexis alfie alfio alfons alfonso alfred alfredo \
ali alica alice alicia alin alina aline alisa alisha alisik alison alistair alix alja aljaz aljosa allan allegra allison almudena alois alojz alojzij \
alojzija alondra alonso alparslan alphonse altug alva alvar alvaro alvin alwin alyssa alzbeta amac amada amalia amalie amancio amanda amando amara \
amaro amaru amaury amaya amber ambrosio amedeo amelia amelie americo amico amina amir amira amit amleto amon amos amy amza ana anais anamaria ananya \
anastasia anastasio anatolie andela anders anderson andor andra andrada andras andre andrea andreas andree andreea andrei andreia andrej andreja \
andres andrew andrian andrija andrzej andy anej aneta anett anette anezka angela angele angeles angelica angelika angelina angelique angelo anghel \
angie angus anibal anica anika aniko anil anita anja anka anke ann anna annabel annabelle annalisa annamaria anne annegret anneke anneli annelie \
annelies anneliese annemarie annemie annette anni annibale annica annick annie anniina annika annikki annukka annunziata anouk ansaldo anselm anselmo \
ansgar anssi antal antero anthony antim antje anto antoaneta antoine antoinette anton antonella antonello antoni antonia antonie antonieta antonietta \
antonija antonin antonina antonio antoniu antonius antony antoon ants antti antun anya anze aoife apaydin aquiles araceli aral aran aranka archie \
ariadna ariana ariane arie arif arild arizona arja arjun arkadiusz arlene arlette armand armando armas armin arnaldo arnaud arnd arndt arne arnim arno \
arnold arnost arnulf arpad arsenio artan arthur arto arttu artturi artur arturo arvid arya aryan arzu asalet asbjorn asger asha asher ashleigh ashley \
ashton asim asko aslan asli asliye assar aston astrid asuman atalay atena atilgan atlanta attila aude audrey augusta augustine aulis aurel aurelia \
aurelian aurelie aurelien aurelio aurica aurore austin ava avgust avram axel axelle aydan aydin ayhan aykut ayla aylin aymeric ayoub ayse aysenur \
aysun aytac ayten azeglio aziz azize bagdat bahar baki balazs bali balint balli baltasar balthasar barak barbara barbora barbro baris barna barnabas \
barr barry bart bartholomaus bartholomew bartolome bartolomej bartolomeo bartolomeu basak basarab basel basile basim bastiaan bastian bastien baudouin \
baykan bayram bea beata beate beatrice beatrix beatriz becca becky bedri bedrich begona bektasi bela belen belinda belisario bella belo ben bence \
benedek benedetto benedict benedicte benedicto benedikt benedikte benedita benek bengisu bengt beni beniamin benito benjamim benjamin benn bennett \
benno benoit benson bente benvenuto beppe beren berend berenice bergen berit berk berna bernabe bernadett bernadette bernard bernarda bernardino \
bernardo bernd berndt bernhard bernice bernie bernt berrin bert berta bertalan bertha berthe berthold bertil bertram bertrand besin beste beth bethany \
bettina betty betul bevan beverley beverly beyler biagio bianca bianka bilal bilgen biljana bill billie billy birger birgit birgitta birgitte birgul \
birsen birte birthe biserka bjarne bjorg bjorn blaine blake blanca blanche blanka blas blaz blazej bob bobby bodil bodo boel bogdan boglarka bogomir \
bohumil bohumila bohumir bohus bohuslav bojan boje boleslav bonifacio bonnie bora borbala borge boris borivoj borja borje borut borys bostjan botond \
bozena bozica brad bradley brady brahim bram brandi brandon branislav branislava branka branko braulio braxton brayan brecht breda brenda brendan \
brendon breno brent bretislav brett brian brianna brice bridget brieuc brigid brigita brigitta brigitte brita britney britt britta brittany brodie \
brooke brooks bror bruce bruna bruno bryan bryce bucur buhari bulent burak burcu burkhard burkhardt burns busra byron cagdan cagla caglar cagri caio \
caitlin caitlyn caius cajsa cakar caleb calim calixto callum calogero calum calvin cameron camil camila camilla camille camillo camilo campbell canan \
candace candice cantemir carin carine carita carl carla carlo carlos carlota carly carmela carmelita carmelo carmen carol carola carole carolien \
carolin carolina caroline carolyn carrie carson carsten casey casian caspar casper cassandra cassidy cassie catalin catalina catarina caterina \
catharina catherine cathrine cathy catrina catrinel cavit cayetano cazimir cebrian cecil cecile cecilia cecilie cecilio cedric celal celia celina \
celine celso cem cemal cemil cengiz cesar cesare cetin cevheri ceyda ceyhun cezar cezary cezayir chad chandra chantal charity charlene charles charlie \
charlotta charlotte charly chelo chen cheryl chiara chidi chloe chris christa christel christelle christer christiaan christian christiane christie \
christin christina christine christl christof christoffer christoph christophe christopher christy ciaran cihan cindy ciprian cipriano ciril cirillo \
ciro claas claes claire clara clare clarice clarissa clark clarke claude claudia claudine claudio claudiu claudius claus clayton clelia clemence \
clemens clement clementine cleopatra cleveland clifford clinton clive clotilde cody cohen coleman colette colin colleen collin colton columbia \
columbus conan concetta conchita connie connor conny conor conrad conrado constance constantin constantino constanza constanze consuela consuelo cora \
coralie corentin corey corina corinna corinne cornelia cornelio cornelis corneliu cornelius corrado corvin cory coskun cosme cosmin costache \
costantino costanzo costel costin courtney craig crina cristea cristian cristiano cristina cristobal cristofor csaba csilla csongor curt curtis cvetka \
cvetko cynthia cyril cyrille cyrus daan dacian dagmar dagmara dagobert daisy dakota dalan dalia dalibor dalkilic damian damiano damien damijan damir \
damjan damjana damon dan dana dani danica daniel daniela daniele daniella danielle daniels danijel danijela danilo danis danny dany daphne dara darcy \
daria darin darina darinka dario darius dariusz darja darko darrell darren darryl darwin daryl dasa dave davi david davis davor davorin davy dawid \
dawn dean debbie debby debora deborah debra decebal declan deepak deger deha dejan delfino delia delil delphine demeter demetrio denes denis denisa \
denise deniz dennis denny derek derrick derya desmond detlef detlev devi devon devrim dezso diana diane dianne dickson didier diederik diego dieter \
dietmar dietrich diken dilara dilek dillon dimitri dina dinah dinis dino dinu diogo dion dionigi dionisio dirk dirlik ditte divya dmitri dochia dogan \
doina dolores domagoj domen domenico domingo dominic dominik dominika dominique domnica don donald donatella donatello donato doner donna donovan dora \
doreen dorel dorian dorina dorinel doris dorota dorothea dorothee dorothy dorottya dorte dorthe doru doug douglas draga dragan dragica dragutin \
drahomira drazen drew dries duane dumitra dumitru duncan dusan dustin dwayne dylan ebba ebbe eberhard ebru ecaterina ece ecem eckart eckhard eckhardt \
eckhart edda eddie eddy edgar edgard edgardo edin edina edison edita edith edmond edmund edmundo edmunds edna edoardo edouard eduard eduarda eduardo \
edvard edvin edward edwin eelis eemeli eemil eerik eero eetu eeva efrain eftimie egbert eggert egil egon eija eila eileen einar einari eino eirik \
eitel eivind ekber ekkehard elaine eleanor elemer elena eleonora eleonore elfriede eli elia eliana eliane elias elie elif elijah elin elina eline elio \
eliot elis elisa elisabet elisabeta elisabeth elise eliska eliza elizabeta elizabeth elke ella ellen elli ellie ellinor elliot elliott ellis elly \
elmar elmer elmeri elmo elodie elon eloy elsa elsebeth elsie elton elvan elvin elvira elvis elzbieta emanoil emanuel emelie emerson emese emiel emil \
emile emilia emilian emiliano emilie emilio emily emin emine emma emmanuel emmanuelle emmerich emmett emmi emmy emre emrullah encarna endre enes enfes \
engelbert engin eniko ennio enno enrico enrique ensio enzo eoin erasmo eray erbil erdem erdogan eremia eren ergin ergul ergun erhard erhardt eric \
erica erich erick erik erika erin eris erkan erkki erling ermanno erna ernest ernesto erno ernst erol ertan erten ervin erwan erwin eryk erzsebet \
esben esim eskil esko esmeralda esparta espen esperanza esra esref essex essi esteban estefania estela estella estelle ester esteri esther eszter \
etelka ethan ethel etienne ettore eugen eugene eugenia eugenie eugenio eulalia eunice eusebio eusebiu eva evan evans evaristo evelien eveliina evelin \
evelina eveline evelyn evelyne evert evi evie evita evrim ewa ewald ewan ewelina ezekiel ezequiel ezio ezra faber fabian fabiana fabien fabienne fabio \
fabiola fabrice fabricio fabrizio fadime faize falk fanni farah farid faruk fatih fatima fatma fatou faustino fausto faye fazil fedele federica \
federico fedor fehim felicia feliciano felicitas feliks felipe felix femke fenna ferdi ferdinand ferdinando ferenc fergus ferhan ferhat ferit fermin \
fernand fernanda fernando fetullah feza fiamma fidel fien fikret filip filipa filipe filippa filippo filiz filomena finn fiona flavia flavio flemming \
floare floarea floortje florea florence florencia florencio florent florentina florian florica florida florin florina floris flynn folke fortunata \
fran france frances francesca francesco franci francia francine francis francisc francisca francisco franciscus francisek franciska franciszek franck \
francois francoise franjo frank frankie franklin franky frans frantisek frantiska franz franziska fraser frauke frazer fred freddy frede frederic \
frederick frederico frederik frederikke frederique fredric fredrik fredrika fredy freja freya frida fridrich frieda friedemann frieder friederike \
friedhelm friedl friedrich fritz frode fryderyk fulvio furkan fuzuli gabi gabino gabor gabriel gabriela gabriele gabriella gabrielle gaby gael gaelle \
gaetan gaetano gaia gail gaja galip gamze gareth garrett garry gary gaspar gaspard gaspare gaston gastone gauthier gavin gazel gebhard geert geir \
gejza gelu gemma genaro gene genevieve genoveva geoff geoffrey geoffroy georg george georges georgeta georgette georgia georgian georgiana georgina \
gerald geraldine gerard gerardo gerardus gerd gerda gergely gergo gerhard gerhardt gerhart germain germaine gernot gero gerold geronimo gerrard gerrit \
gerry gert gertrud gertrude gertrudis gesine geza ghenadie gheorghe ghislain ghislaine giacinto giacobbe giacomo giada giampaolo giampiero gian \
giancarlo gianfranco gianina gianluca gianluigi gianna gianni gibson gica gideon giel gijs gilbert gilberte gilberto gilda giles gilles gillian gina \
ginette gino gioacchino giorgia giorgio giosue giovanna giovanni girolamo gisela gisele gitte giulia giuliana giuliano giulietta giulio giuseppe \
giuseppina giustino gizella gizem gladys glen glenda glenn gloria godfrey godwin goffredo gokay gokce gokhan gokten gonca goncalo gonen gonzalo goran \
gorazd gordana gordon gorm gosta gote gottfried gotthard gottlieb gottlob gotz grace graciela graeme graham grayson graziano graziella greg grega \
gregg gregoire gregor gregorian gregorio gregory greta gretchen grete gretel grethe griet grigore grzegorz guadalupe guarino gudrun guglielmo guido \
guilherme guillaume guillermo gul gulay guler gulsen gulseren gunden gungoren gunilla gunn gunnar gunter gunther gustaf gustav gustave gustavo gustaw \
gusztav guus guven gwen gyongyi gyorgy gyorgyi gyozo gyula hadrien hafiza hagen hailey hajnalka hajo hakan hakikat hakon haley halil halit haluk hamdi \
hami hamid hamilton hamish hamiyet hampus hamza hana hande hanedan hanna hannah hanne hannele hannelore hannes hanni hanno hanns hannu hans hansjorg \
haralambie harald hari harley harold harri harriet harris harrison harry hartmut hartwig harvey hasan hasret hassan hatice havard hayali hayden hayley \
hayret hayrettin hayri hazine heather hector hedda hedvig hedviga hedwig hege heide heidi heidrun heike heikki heiko heiner heini heino heinrich heinz \
heitor heleen helen helena helene helga helge heli helina hella helle helmer helmi helmut helmuth heloisa heloise henderson hendrik henk henning henri \
henric henrich henrieta henrietta henriette henrik henrique henry henryk herbert heribert heriberto herman hermann hermanni hermine hernan hernando \
herrmann herta hertha herve herwig hidde hilario hilary hilda hilde hildegard hilkka hillary hilma hinrich hipolito hiroshi hjalmar hjalte holger \
holly holmes homero honore horacio horea horia horst hortense howard hrvoje hubert hubertus huda hudson hugh hughes hugo hugues huguette hukumdar \
humberto humeyra humphrey hunor hurmet huseyin hussein hynek iacob iain ian iancu iara iben ibolya ibrahim ida idris idun ieremia ignac ignacio ignacy \
ignaz ignazio igor ihsan iida iiris iisakki iker ikiz iklim ilari ilaria ilarion ildefonso ildiko ileana ilgi ilhan ilias ilie ilija ilim ilinca ilja \
ilkay ilkbahar ilker ilkka ilmari ilona ilse imelda imge immo imogen imran imre imrich inaki inancli indiana indira ines inez inga inge ingeborg \
ingela ingemar inger ingmar ingo ingrid ingvar inigo inka inkeri inmaculada inocencio insa insaf ioan ioana iolanda ionel ionela ionica iosif ipek \
ireland irem iren irena irene irfan irina irinel irja irma irmeli irmgard isaac isabel isabela isabell isabella isabelle isac isadora isaiah isaias \
isak ishaan isidoro isidro isin isis isla ismael ismail ismet ismo isolde isra issa istvan iulia iulian iuliana iuliu iurie iustin iustinian ivan \
ivana ivanka ivar iver iveta ivica ivo ivonne iwan izabela izidor iztok jaakko jaana jacek jacinta jacinto jack jackie jackson jacky jacob jacobo \
jacopo jacqueline jacques jade jadranka jaime jairo jaka jake jakob jakov jakub jalmari jamal james jamie jan jana jane janet janette janez jani \
janice janina janine janis janja janko janne janni jannik janos janus jaqueline jared jari jarkko jarmila jarmo jarno jaromir jaromira jaroslav \
jaroslava jasmijn jasmin jasmina jasmine jasna jason jasper javi javier javiera jay jayden jayne jean jeanette jeanine jeanne jeannette jeannine jef \
jeff jefferson jeffery jeffrey jele jelena jelka jelle jenna jenni jennie jennifer jenny jeno jens jeppe jere jeremiah jeremias jeremie jeremy jerker \
jermaine jernej jerneja jeroen jerome jeronimo jerry jerzy jesper jesse jessica jessie jhon jill jillian jim jimena jimmie jimmy jindrich jiri jirina \
jitka joachim joakim joan joana joanna joanne joao joaquim joaquin jobst jocelyn jocelyne jochen jodi jodie jody joe joel joelle joep joeri joey johan \
johana johann johanna johanne john johnny johnson johnstone jolan jolana jolanda jolie jolien jon jona jonah jonas jonatan jonathan jonathon jones \
joni jonna jonny joona joonas joost jordan jordi jordy jorg jorge jorgen joris jorma jorn jorunn jos jose josee josef josefa josefin josefina josefine \
josep joseph josephine josette josh joshua josiah josiane josie josip josipa josko jost josue jouko jouni joyce jozef jozefa jozica jozo jozsef juan \
juana juanita juanito jude judit judita judith judy juha juhana juhani juho jukka jule jules julia julian juliana juliane julianna julie julien juliet \
julieta juliette julija julijana julio julius juliusz juraj jurg jurgen juri jussi justin justina justine justus justyna jutta juul juulia juuso jyrki \
jytte kaan kaarina kaarlo kaat kabir kacper kader kadir kai kaija kaisa kaitlin kaitlyn kaj kaja kajsa kalervo kalevi kalina kalle kalman kamal kamil \
kamila kara karabas karaca karan karatas kardelen kareem karel karen karim karin karina karine karl karla karlheinz karlo karmen karol karoliina \
karolina karoline karoly karsten kasif kasimir kaspar kasper katalin katariina katarina katarzyna kate katerina katharina katharine kathe katherine \
kathi kathleen kathrin kathryn kathy kati katia katie katja kato katri katrien katriina katrin katrina katrine katy kauko kavita kay kaya kaye kayla \
kayleigh kazim kazimierz keegan kees keijo keira keith keld kellie kelly kelsey kelvin kemal ken kenan kendra kenji kennedy kenneth kenny kent kenter \
kenya kerem kerime kerry kerstin kerttu kevin kezban khadija khaled khalid khalil khloe kiara kibar kieran kilian killian kim kimberley kimberly kimmo \
kinga kingston kiran kirby kirgiz kirk kirsi kirsten kirsti kirstine kirsty kitti kitty kivilcim kizil kjeld kjell kjersti kjetil klaas klara klare \
klas klaudia klaus klavdija klavs klemen klemens klement knut kobe kocabas kocak koen koenraad kofi koldan konrad konstantin konstanty kopan koray \
korhan kornel kris krishna krista kristel kristen krister kristian kristiina kristijan kristin kristina kristine kristjan kristof kristoffer kristyna \
krisztian krisztina krystian krystof krystyna krzysztof ksenija kullervo kumral kuno kursad kurt kustaa kutay kveta kwame kyle kylie kyllikki kyra \
lacey ladislau ladislav ladislava laerke laetitia laila lajos lakshmi lalo lamar lamberto lance lando lara larisa larissa larry lars lasse lassi \
laszlo laura lauren laurence laurens laurent laurenz lauri laurian laurie laurits lautaro lavinia lawrence layla lazzaro lea leah leander leandro \
leanne leela leen leena leevi leia leif leigh leila lena leni lenin lenka lennart lenny leo leon leona leonard leonardo leonel leonhard leonid \
leonidas leonie leonor leonora leopold leopolda leopoldo leos leroy lesley leslie leticia letizia levent levi lewis leyla liam lian libby libia libor \
libuse lica licia lidija lieke liesbeth lieve lieven ligia liisa lila lili lilia lilian liliana liliane lilja lilla lilli lillian lilly lily lina \
lincoln linda lindsay lindsey linnea linus lionel lisa lisandro lisbeth lise lisette liv liva livia livingstone livio liviu liz liza lizzy ljiljana \
ljubica ljudmila lloyd lodewijk lodovico loek loes logan loic lois loke lola lonnie loredana lorena lorenz lorenza lorenzo loreto loretta lorna \
lorraine lothar lotte lou louis louisa louise louisiana lourdes lourenco lova lovisa lovre lovro lowe loyola luan luana lubica lubomir lubomira lubos \
luc luca lucas lucca lucho lucia lucian luciana luciano lucie lucien lucienne lucija lucila lucile lucinda lucio lucrecia lucrezia lucy ludek ludger \
ludmila ludo ludovic ludovica ludovico ludovit ludvig ludvik ludwig luigi luis luisa luise luiza lujza luka lukas lukasz luke lumir lupe lupita lutfi \
lutz luuk lydia lydie lykke lynda lyndon lynn lynne maaike maaria maarit maarten maartje mabel maciej mackenzie madalena madalin madalina madeleine \
madeline madison mafalda magali magda magdalena magdalene magdolna maggie magne magnus maher mahir mahmoud mahmud mahmut mahsun maija maik maike maite \
maja maks maksymilian malcolm malena malene malgorzata malik malika mallory malou malte malthe malu mamadou mamen manca mandy manfred manole manolo \
manon manu manuel manuela manuelle mara marc marcantonio marcel marcela marcelina marcelino marcell marcella marcelle marcello marcelo marcia marcial \
marcin marcio marco marcos marcu marcus mareike marek maren marga margaret margareta margarete margaretha margarethe margarida margaux margherita \
margit margita margo margot margret margrethe marguerite maria mariah mariam marian mariana mariann marianna marianne mariano maribel marica marie \
marieke mariela marielle marietta mariette marija marijan marijana marijke marijn marika marilena marilyn marina marinka marino marinus mario marioara \
marion marisa marisol marissa marit marita maritta marius mariusz marja marjaana marjan marjana marjatta marjeta marjo marjorie marjukka marjut mark \
marketa marketta markku marko markus marleen marlene marlies marloes marlon marnix maros marta martha marthe marti martijn martim martin martina \
martine martino marton martta martti martyn marusa marvin mary maryam maryse massimiliano massimo matei matej mateja mateo mateus mateusz matevz \
matheus mathew mathias mathieu mathijs mathilda mathilde mathis matias matic matija matilda matilde matjaz mato matous mats matt matteo matthaus \
matthew matthias matthieu matthijs matti mattia mattias matts matus matyas maud maude mauno maura maureen mauri maurice mauricio maurits maurizio \
mauro max maxence maxime maximilian maximiliano maximilien maximo maxine maya mayra mazlum mckenzie mechthild meera mees megan meghan mehdi mehmed \
mehmet mei meike meja melania melanie melbourne melchor melek melih melina melinda melis melisa melissa melita melker melle meltem melvin meral \
mercedes meredith merel merete merijn merja merle mert merve mervi meshur mesut metin metka metod mette mevlut mia micael micaela micah micha michael \
michaela michail michal micheal michel michela michelangelo michele micheline michelle michiel mickael mieke mieszko miguel miha mihael mihaela mihai \
mihail mihaly mihnea miia miika mika mikael mikaela mike mikhail mikkel mikko miklos mikolaj mikulas mila milada milagros mildred milena miles milica \
milka millie mills milo milos miloslav miloslava milosz milton miluse mimmi mina mindy mine minerva minh minna mioara mira mirabela miran miranda \
miray mircea mireille mirela mirella miriam mirja mirjam mirjana mirko miroslav miroslava mirta mirtha miruna mischa missouri mitch mitchell mitica \
mladen mogens mohamed mohammad mohammed moira moises mojca mojmir molly mona monica monika monique monserrat montgomery montserrat moreno morgan \
morgane moritz morten mortimer moses mourad moussa mucevher mufit mugur mugurel muhammad muhammed muhammet mujde muktedir murat muriel murilo murray \
mustafa mustapha muvaffak myles myra myriam myrthe nabil nacho nacio nadezda nadia nadine nadir nadja nafile nahuel nair nana nancy nando nandor nanna \
nanni naomi napoleone narcis narcisa narciso nastja natacha natalia natalie natalija natasa natascha natasha natasja nate nathalie nathan nathaniel \
nazaret nazim nazli neal nechifor necla necmettin neha neil neill nejat nejc nela nele nellie nelly nelson nelu nenad neptun nerea nese nestor nevenka \
neville nevin neza ngozi niall niamh nicanor niccolo nichifor nicholas nick nicklas nicky niclas nico nicoara nicodim nicola nicolae nicolai nicolaie \
nicolaj nicolas nicolaus nicole nicoleta nicoletta nicolo nicu niculina nidia niek niels nienke nieves nigel nihai nihan nihat niilo niina nika nikhil \
nikita nikki niklas niklaus niko nikodem nikol nikola nikolai nikolaj nikolas nikolaus nikolett nikolina niksa nilgun nilo nils nina nives nixon \
niyazi noah noelia noelle noemi noemie nolan noor noora nora norah norbert norberto norman nour nuno nuray nurcan nuri nuria nurullah nusa oana ocampo \
oceane octav octavia octavian octavio odette odile ofelia oguz oiva okan oktay olaf olav olavi oldrich oleg olga olimpia oliver olivia olivie olivier \
olli olof olov olu olus olympia omar omari omer omur onat oncel onder ondrej onni onur oona ophelie oranli orazio oreste orhan orjan ornella orsolya \
oruc orvokki osama oscar osha oskar oskari osman osmo ossi osvaldo oswald oswaldo otakar otavio othmar otilia otis otmar ottavio ottmar otto ottone \
oussama outi ovidio ovidiu owen oymak oystein oyvind ozan ozana ozay ozbay ozdes ozdil ozel ozge ozgun ozgur ozkan ozlem ozlu ozturk ozyurt paavo \
pablo pacifica paco paige paivi palmira pamela pamfil panait paola paolo paraschiva parker pascal pascale pascual pasi pasquale pastora patric patrice \
patricia patricie patricija patricio patrick patrik patrizia patrizio patru patryk patty paul paula paule paulette pauli pauliina paulina pauline \
paulino paulo pavao pavel pavla pavlina pavol pawel payton pearce peder pedro peggy pekka pekkan pelayo pelin pellegrino penelope penny pentti pepe \
pepijn pepita pepito percy perihan pernilla pernille perrine pertti petar peter peterson petr petra petri petrica petros petru petrus petteri peyton \
phil philip philipp philippe philippine phillip phineas phoebe phyllis pien pierce piergiorgio pierluigi piero pierpaolo pierre piers pieter pietro \
piia pilar pinar piotr pirjo pirkko piroska plinio polat polly polona pompeo pompiliu pontus pooja poppy porfirio preben premysl preston priscila \
priscilla priya przemyslaw quentin quincy quinn quinten rachael rachel rachid rachida radek radim radka rado radomir radoslav radoslava radoslaw \
radovan radu rafa rafael rafaela rafal raffael raffaele raffaella raffaello ragnar ragnhild rahman rahmet rahul raija raili raimo raimondo raimund \
raimundo rainer raj rajko ralf ralph raluca ramiro ramon ramona randall randi randy ranieri raoul raphael raquel rashid rasim rasmus rastislav raul \
rauno ravi rayan raymond razi razvan reagan rebeca rebecca rebecka rebeka rebekah recep redmond reece refik regan reggie regina reginald regine regis \
regitze regula reid reidun reijo reimer reina reinaldo reiner reinhard reinhardt reinhart reinhold reka rembrandt remedios remi remo remus remy remzi \
renan renata renate renato renaud rene renee rens renske renzo reto reuben reyes reyna reynaldo reynolds reza rhonda rhys ricarda ricardo riccardo \
richard richmond rick rickard ricky rico ridvan riikka riitta rikard rikke riku riley risto rita ritva rob robbie robby robert roberta roberto roberts \
robin robinson robyn rocco rochelle rocio roderick rodgers rodica rodney rodolfo rodolphe rodrigo rodrigue roel roeland rogelio roger rogers rohan \
roko roland rolando roldan rolf romane romina romolo romulo romulus romy ron ronald ronaldo ronan ronja ronnie ronny roope roos roosa roque rory rosa \
rosalia rosalie rosario rose rosemarie rosemary rosendo rosetta rosi rosie rosina rosita ross rossana rostislav roswitha roxana roxane roy rozalia \
rozsa ruben ruby rudi rudiger rudolf rudolph rudy rufino ruggero ruggiero ruhsat rukiye rune rupert russell ruth ruud ruxandra ruza ruzena ruzica ryan \
ryder ryszard saad saara saba saban sabina sabine sabri sabrina sacha saci saddam sade sadie sadik safii safta sahil sahin sahinbey sahra sakari \
sakura salah saleh salih salim sally salman salome salomon salvador salvatore salvi sam samanta samantha sami samir samira sammy samo samson samu \
samuel samuli samy sancak sancho sanda sanders sandi sandor sandra sandrine sandro sandu sandy sanja sanjana sanjay sanli sanna sanne sanni santeri \
santino santos sanziana sara sarah sarina sarka sasa sascha sasha saskia saso satu saul sava saverio sayan saydam saygin sayin scarlett scott seamus \
sean sebastiaan sebastian sebastiao sebastien sebastijan sebastjan secme seda sedat sefi seija selcuk selena selim selin selina selma selvi sema semra \
semsettin sepp seppo serap serdar seref serena serge sergei sergej sergey sergi sergio sergiu serhat serkan sertac seth sevda sevdi severin severine \
severino severo sevgi sevil sevim sevinc sevindik sevket seyda seyhan sezen shakira shane shania shannon sharon shaun shawn shea sheila shelby shelley \
shelly sherry sheryl shirley sibel siegfried siegmund siem sienna sigge sigismund sigmar sigmund sigrid sigurd siiri sila silas silje silke silva \
silvana silvester silvestre silvestro silvia silvie silvio silviu silvo simao sime simen simeon simina simion simo simon simona simone simonetta \
simpson sina sinan sinasi sindre sini sinikka sinisa siobhan siper siri sirkka sirpa sisko sissel sixten sixto sjoerd skye slava slavica slavka slavko \
slavomir slavomira slobodan smaranda sneha snjezana sofi sofia sofiane sofie sohret solange solomon solveig sona sondre songul sonia sonja sonny sonya \
sophia sophie sorana soraya soren sorin sorina soyler spela spencer srecko stacey stacy staffan stan stana stanca stancu stanford stanislav stanislava \
stanislaw stanka stanko stanley steen stef stefaan stefan stefani stefania stefanie stefano steffen steffi stefka steinar stelian stella stellan sten \
stepan stepanka stephan stephane stephanie stephen sterling sterre steve steven stewart stian stig stijn stina stine stjepan stojan stuart sture suat \
sue suha sukru sule suleyman sullivan sumeyye suna sunay sune sunil sunita sunny suphi suresh susam susan susana susann susanna susanne susi suvari \
suvi suzana suzanne suzy svante svatopluk svea svein sven svenja sverre svetlana swantje sybille sydney sylvain sylvester sylvia sylvie sylwia synnove \
szabolcs szilard szilveszter szilvia szymon tadeas tadej tadeja tadeo tadeusz tahir taisto tamara tamas tamer tammy taneli taner tanguy tania tanir \
tanja tanner tanpinar tanya tapani tapio tara taranci tarik tariq tarkan taru tasha tasvir tatiana tatjana tauno tayfun taylor tayyip ted teddy teemu \
teija telmo tennessee teodor teodora teodoro teofil teofilo teoman tere terence teresa teresita terez tereza terezia terezija terhi terje terrence \
terri terry terttu tess tessa teun teuvo texas tezcan thales thalia thandi thea thelma theo theobald theodor theodora theodore theophile theresa \
therese theresia thiago thibault thibaut thierry thijs thilo thom thomas thompson thor thorsten tiago tiberiu tibor tiffany tiia tiina tijn tijs tilda \
tilen tilly tilman tim timea timm timo timotei timotej timoteo timothee timothy tina tinca tindra tineke titus tivadar tiziana tiziano tjasa tobias \
toby todd todor toivo toker tolga tom tomas tomasz tomaz tomi tomislav tommi tommy tomoko toms tomurcuk tonguc toni tonino tonje tonny tony topias \
topuz torben torbjorn tord torgny toribio torill torquato torsten tove tracey tracy traian traute travis trent trevor trinidad tristan troels trond \
trudy tuba tudor tugba tugce tuija tulay tulin tullio tumer tunahan tuncay tunde tuomas tuomo turabi turan ture turgut turid turkmen tutkun tuukka \
tuula tuuli tuulia tuulikki tuva twan tyler tyrone tyson ubaldo ucan udo uffe ufuk ugo ugur ulf uli ulises ulke ulku ulla ullrich ulrich ulrik ulrika \
ulrike uludag uma umar umberto umit umman ummet umut unni uriel urs urska ursula urszula uschi ustun utku uwe uzer vaclav vagn vaino valborg valdemar \
valentijn valentim valentin valentina valentino valeria valerie valerija valerio valeriu valero valter valtteri vanda vanesa vanessa vanja varlik \
varvara vasco vasile vasilica vaughan vedat vedran veera veerle veeti vegard veijo veikko veit veli vendula veniamin venice venla vera verena verim \
verity verner vernon veronica veronika veronique vesa vesna vic vicente vicki vicky victoire victor victoria vidal vidar viera viggo viivi vijay \
vikram viktor viktoria viktorie viktorija vilde vilem vilhelm vilhelmina vilho viliam viljami viljem viljo vilma vilmos vince vincent vincenza \
vincenzo vinicius vinzenz viola violeta violetta violette viorel viorica virag virgilio virginia virginie virpi visarion vitezslav vito vitor vittoria \
vittorio vitus viveka vivian viviana viviane vivien vivienne vjekoslav vlad vladimir vladimira vladislav vlado vlaicu vlasta vlastimil voicu vojtech \
volkan volker volkmar vratislav vuokko waldemar walid walker wallace wally walt walter walther waltraud wanda warner warren warwick washington watson \
wayne wei wells wen wenceslao wenche wendy wenzel werner wesley wessel whitney wiebke wieland wiktor wilfred wilfredo wilfried wilhelm wilhelmine \
wilhelmus wille willem willi william willibald willie willis willy wilma wilmer wilson winfried winnie winston witold wladimir wojciech wolfgang \
wolfram wout wouter wulf wyatt xander xaver xavier ximena yacine yadigar yagin yagmur yahsi yalin yan yanis yanki yann yannick yara yaren yargi yasar \
yasemin yasin yasmin yasmina yasmine yassin yavuz yeliz yesenia yesil yildir yildiz yilmaz ylva yngve yoann yohan yolanda yolande yonetmen youri \
youssef yrjo yucel yuki yulia yuri yurttas yusra yusuf yvan yves yvette yvon yvonne zac zacarias zach zacharie zachary zafer zaharia zahid zahra \
zainab zak zakaria zalan zamfir zane zara zbynek zdenek zdenka zdenko zdravko zehra zekeriya zelda zeljka zeljko zemzem zeynep ziga zigmund zihni \
zikmund zina zion zita ziva ziya zlatica zlatko zoe zoey zofia zofie zoltan zora zoran zorka zsanett zsigmond zsofia zsolt zsombor zsuzsanna zumre \
zuzana zvonka zvonko";
