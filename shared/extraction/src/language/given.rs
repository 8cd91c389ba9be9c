//! Common given names, folded; a hint that a word is a person, never needed for one.

pub(super) const NAMES: &str = "\
aaron abby abdul abigail adam adrian ahmed ahmet aisha alan albert alejandro alex alexa alexander alexandra alexis alfred ali alice alicia alina \
alison allison amanda amber amelia amir amit amy ana anders andre andrea andreas andrew andy angela anita anja anke ann anna anne annette annika anthony \
antoine anton antonio arjun arthur asha ashley astrid aurelie ayse aylin barbara bart beatriz bea becca ben benedikt benjamin bernd bert beth bettina bill \
birgit bob brad brandon brenda brian bruno burak caleb cameron camille carl carla carlos carmen carol caroline catherine cecile cem charles charlie charlotte \
chen chiara chloe chris christian christina christine christopher cindy claire clara claudia colin connor craig cristina daisy damien dan dana daniel daniela \
danny dario dave david dawn dean deborah deepak deniz dennis derek derya diana diane diego dieter dilek dimitri dirk dominic dominik don donna doris dorothy \
doug dylan ebru ece eduardo edward elena eleanor eli elias elif elisa elise elizabeth ella ellen emil emilia emilie emily emine emma emre enrique eric erica erik \
erin ernesto esra esther ethan eva evan evelyn fabian fatima fatma felix fernando fiona florian francesca francisco francois frank franz fred \
frederic gabriel gabriela gareth gary geoff george georgia gerald gerd giulia gizem gloria gokhan grace graham greg gregor gregory guillaume gulsen gunter \
gustavo hakan hana hannah hans harold harriet harry hasan hassan heather heidi heike heinz helen helena helga henri henrik henry hiroshi holger holly hugo huseyin \
ian ibrahim ida ines inga ingrid irem irene irina isaac isabel isabella isabelle ismail ivan jack jackie jacob jacques jaime jake james jamie jan jana jane \
janet janine jason javier jay jean jeff jennifer jenny jens jeremy jerome jesse jessica jill jim joan joana joanna jochen joe joel johan johanna john johnny jon \
jonas jonathan jordan jordi jorge jose josef joseph josh joshua josie juan juana judith judy jule jules julia julian juliane julie julien juliette jurgen \
justin kai kaan kamal karen karin karl karsten kate katharina katherine kathleen kathrin kathy katie katja katrin kavita kay keith kelly kemal ken kenji kenneth kerem kerstin \
kevin kim kirsten klaus konrad kristen kristin kurt kyle lara larissa lars laura lauren laurent lea leila lena leo leon leonie leslie lewis liam lili lily linda lisa liz \
lorena lothar louis louise luc luca lucas lucia lucie lucy luis luisa lukas luke lutz lydia maggie maja malik manuel manuela marc marcel marco marcos marcus \
margaret maria mariana marie marina mario marion mark markus marlene marta martha martin martina mary mateo mathias mathieu mats matt matteo matthew matthias \
maureen maurice max maxime maya megan mehmet mei melanie melek melissa merve mert mia michael michaela michel michelle miguel mike mikhail milena milo mina mira miriam mohamed \
mohammed mohammad molly monica monika monique moritz murat mustafa nadia nadine nancy naomi natalia natalie natasha nathan neil nick nicholas nicola nicolas nicole niklas nikhil nils \
nina noah noor nora norbert nuria olaf oleg olga oliver olivia olivier omar onur oscar oskar osman otto ozan ozge ozlem pablo paco pamela pascal patricia patrick paul paula \
pauline pedro peggy penny peter petra phil philip philipp philippe phoebe pierre pilar pinar piotr priya rachel rafael rahul raj rainer ralf ralph ramon randy raquel rashid \
raul raymond rebecca regina renate rene ricardo richard rick rita rob robert roberto robin rodrigo roger roland rolf ron ronald rosa rose ross roy ruben ruth \
ryan sabine sabrina sally sam samantha samir samuel sandra sandy sanjay sara sarah saskia scott sean sebastian selin selma sema sergio serkan seth sevgi shane shannon sharon sheila shirley \
sibel silke silvia simon simone sina sinan sofia sonja sonia sophia sophie stacy stefan stefanie stella stephan stephane stephanie stephen steve steven stuart sue sunil \
susan susanne svenja sven sylvia sylvie tamara tanja tanya tara tarik tasha taylor ted teresa terry thea theo theresa thierry thomas tim timo timothy tina tobias todd tolga tom tomas \
tomoko toni tony torsten tracy tugba udo ugur ulf uli ulrich ulrike ursula uwe valentina valerie vanessa vera veronica veronika victor victoria vijay vikram vincent viola virginia \
vivian vladimir volkan volker walter wanda wei wendy werner wilhelm william wolfgang xavier yasemin yasmin yasmine yolanda yuki yusuf yves yvonne zach zehra zeynep zoe nadir \
ravi anil kiran meera neha pooja rohan sanjana sneha suresh aditya ananya divya ishaan lakshmi olu chidi ngozi kwame amara tunde fatou kofi zainab layla yara tariq youssef hamza \
andres sofia valeria diego marta lucia ignacio gonzalo alvaro sergi nerea inigo joaquin emiliano ximena fernanda guadalupe rocio mercedes dolores helene celine sebastien aurelien benoit camille mathilde margaux gaelle florence sylvain damien ludovic cedric yannick \
bjorn henning gesine heinrich hermann ingo malte nele finn lina mia paula greta frieda hannes jannik kevin marlon anke annegret burkhard detlef eckhard gunther hartmut elke gisela hannelore ilse inge jutta karla kathi lotte luisa margit mareike merle rolf sigrid steffen swantje thorsten wiebke wolfram \
ozgur ozkan onder orhan selim serdar sertac sevda songul suleyman taner tarkan tuba tuncay tulay turgut umit yagmur yaren yavuz yilmaz zafer asli asuman aydin ayten aytac bahar baris basak bengisu berk berna betul bora bulent burcu busra cagla cagri ceyda cihan devrim ecem erdem erkan eray ferhat fikret filiz furkan gamze gonca gul gulay guven \
halil hande hatice hayri ilker ipek irfan kadir kaya korhan koray levent mahmut mine nazli necla nese nihat nilgun nuri nurcan okan oguz osman ozan pelin pinar polat ridvan sedat seda serap serhat sevil sezen sibel sule sukru teoman tolga tugce ufuk umut utku veli volkan \
imogen piers hamish callum niamh aoife ciaran siobhan declan rory eoin rhys gwen gareth alistair fergus isla freya poppy alfie archie theodore harvey jasmine jade keira leah louisa lucinda marcia maxine mindy nigel odette omari otis paige percy petros quentin quinn ralph reggie rhonda rosie rupert sade shelby sienna sunita tessa thandi trevor trudy \
tyler uma ursula verity wayne wesley wilma winston yusra zara hamid jamal devon rosa wen luis marek priya tess femke joost lena owen nadia greta pauline derek imran sanne ruud pieter bram thijs anouk marloes kees jolanda piotr agnieszka katarzyna tomasz krzysztof malgorzata jakub ewa milos jelena dragan vesna ivana marko luka nikola svetlana tatiana yulia dmitri";
