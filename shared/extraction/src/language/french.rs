//! French, folded.

use super::Marks;

pub(super) const WORDS: &[(Marks, &str)] = &[
    (Marks::VERB, INFINITIVES),
    (
        Marks::NEGATION,
        "ne n' pas jamais aucun aucune rien personne sans ni plus",
    ),
    (Marks::CONDITION, "si s' sauf supposons"),
    (
        Marks::DOUBT,
        "peut-etre pourrait pourraient pourrions devrait serait aurait faudrait probablement eventuellement possiblement",
    ),
    (Marks::FIRST, "je j' me moi mon ma mes m'"),
    (Marks::SECOND, "tu te toi vous votre vos t' ton ta tes"),
    (Marks::PLURAL, "nous notre nos on"),
    (Marks::THIRD, "il elle ils elles ce cela ca c' cette se s'"),
    (Marks::ANYONE, "quelqu'un tous toutes chacun tout"),
    (
        Marks::ROLE,
        "equipe marketing finance comptabilite juridique rh design ingenierie ventes support direction administration secretariat secretaire tresorier tresoriere president presidente \
        achats logistique coordinateur coordinatrice comite fournisseur developpement production communication parents eleves etudiants professeur directeur directrice commercial stagiaire syndic gardien gardienne architecte avocat avocate gestionnaire responsable prestataire comptable infirmiere medecin maire adjoint animateur animatrice",
    ),
    (
        Marks::GENERIC,
        "employes utilisateurs visiteurs clients locataires residents passagers citoyens salaries utilisateur employe client adherents membres",
    ),
    (
        Marks::HABIT,
        "toujours jamais normalement generalement habituellement",
    ),
    (
        Marks::REPORT,
        "dit annonce annonca explique expliqua selon declare indique rapporte mentionne precise affirme signale",
    ),
    (Marks::PLEASE, "merci veuillez priere svp stp"),
    (
        Marks::MEETING,
        "reunion rendez rdv rendez-vous appel entretien atelier conference assemblee visioconference visio seminaire seance dejeuner diner dentiste medecin visite formation point soutenance comite conseil repetition repete generale kermesse spectacle concert match tournoi vernissage apero loto",
    ),
    (
        Marks::EXAM,
        "examen examens partiel controle epreuve interrogation ds",
    ),
    (
        Marks::COURSEWORK,
        "devoir devoirs dissertation expose tp td rapport memoire rendu exercice exercices dossier projet",
    ),
    (
        Marks::FUNCTION,
        "le la les l' un une des du de d' et ou a au aux en dans sur sous par pour avec sans que qui qu' se s' ce cette ces son sa ses mon ma mes ton ta tes notre votre leur leurs est sont etait etre \
        avoir il y deja tres plus moins aussi comme quand ne n' pas je tu nous vous ils elles on si mais car donc",
    ),
    (
        Marks::STATE,
        "etre avoir sembler couter monter baisser croire penser savoir aimer vouloir vivre mourir gagner perdre grandir exister rester",
    ),
    (
        Marks::RECIPE,
        "four prechauffer cuillere cuilleres tasse farine sucre beurre cuire bouillir oignon oignons ail sel poivre pate melanger fouetter poele grammes huile oeufs ingredients enfourner casserole saladier creme lait citron persil carottes pommes tomates soupe sauce bouillon servir mijoter eplucher emincer minutes chocolat riz",
    ),
    (
        Marks::ADVERT,
        "remise offre offres soldes promo promotion gratuit abonnez inscrivez achetez profitez maintenant exclusif livraison newsletter desabonner desinscrire economisez",
    ),
    (
        Marks::MANUAL,
        "cliquez bouton menu installez ecran appuyez parametres dossier fichier vis branchez",
    ),
    (
        Marks::LEGAL,
        "reglement norme politique interdit autorise clause contrat obligatoire statuts interdiction regles",
    ),
    (
        Marks::DONE,
        "fait faite termine terminee acheve clos close annule annulee fini finie livre livree paye payee envoye envoyee deja resolu resolue regle reglee cloture cloturee",
    ),
    (
        Marks::MODAL,
        "doit doivent devons dois devez va vont allons vais faut pouvez peux peut pourriez pourrais",
    ),
    (Marks::PAST, "a ont avons avez etait etaient fut furent"),
    (
        Marks::THING,
        "systeme serveur prix projet budget rapport marche entreprise gouvernement programme temps meteo",
    ),
    (
        Marks::QUESTION,
        "qui que quoi quand ou comment pourquoi quel quelle combien",
    ),
    (
        Marks::GREETING,
        "bonjour bonsoir salut merci cordialement cher chere bien",
    ),
];

const INFINITIVES: &str = "\
acheter accepter actualiser adapter adresser afficher ajouter ajuster aller amener analyser annuler appeler apporter approuver archiver arranger arroser assister attribuer avertir baisser boucler calculer caler changer charger chercher choisir classer \
clarifier commander communiquer comparer completer comprendre concevoir conclure configurer confirmer consulter contacter controler convenir convoquer coordonner copier corriger creer debloquer decider deployer deposer developper dessiner diffuser discuter \
distribuer documenter donner ecrire editer effectuer elaborer embaucher emballer emprunter enregistrer envoyer etablir etudier evaluer examiner expedier expliquer exporter fabriquer facturer faire finaliser finir fixer fournir gerer imprimer informer inscrire \
installer integrer inviter lancer laver lire livrer louer mesurer mettre migrer modifier monter montrer negocier nettoyer noter notifier obtenir organiser ouvrir partager passer payer peindre planifier poser poster prendre preparer presenter prevenir prevoir \
produire programmer proposer publier ranger rappeler rassembler rediger reduire regler relancer relire remettre remplacer remplir rencontrer rendre renouveler renvoyer reparer repondre reporter reprendre reserver resoudre resumer retourner reunir reviser revoir \
s'inscrire s'occuper saisir sauvegarder securiser selectionner signer solliciter soumettre suivre supprimer tester terminer tondre traduire traiter transferer transmettre trier trouver utiliser valider vendre verifier verser vider visiter voter \
envoie envoyez prepare preparez appelle appelez verifie verifiez relis relisez confirme confirmez reserve reservez finalise finalisez termine terminez ecris ecrivez achete achetez mets mettez rends rendez fais faites prends prenez organise organisez \
transmets transmettez partage partagez repondez reponds signe signez complete completez remplis remplissez corrige corrigez pense pensez rappelle rappelez apporte apportez contacte contactez \
abonner aborder aboutir abreger accelerer accompagner accorder accrocher accueillir acquitter activer actionner administrer admettre adopter aerer affecter affiner \
affranchir agencer aggraver agir agrafer agrandir aider aiguiser alerter alimenter alleger allouer allumer amender amenager amorcer animer annoncer annoter anticiper \
aplanir appliquer apprendre approcher approfondir approvisionner appuyer arbitrer armer arracher arreter articuler aspirer assembler assigner associer assurer astiquer \
atteindre attendre attirer auditer augmenter autoriser avancer aviser bachoter badigeonner balayer baliser barrer batir bloquer border boucher bouger bricoler briefer \
briser broder brosser bruler budgeter cabler cacher cadrer calfeutrer calibrer camoufler candidater capter caser casser cataloguer ceder celebrer centraliser cerner \
certifier chainer chiffrer chauffer circuler cirer citer clore cloturer cocher coder coiffer coller collecter combiner combler commenter comparaitre compenser compiler \
composer composter compter concentrer concerter conditionner conduire confectionner confier confronter congeler conseiller conserver considerer consigner consolider \
constater constituer construire contester continuer contourner contrecarrer contribuer convaincre convertir convier cotiser couler couper courir coudre couvrir cracher \
crediter creuser critiquer croiser cueillir cuisiner cultiver cumuler deballer debarrasser debattre debiter debourser deboucher debrancher debrayer debuter decaler \
decaper decharger dechirer dechiffrer declarer declencher decliner decommander decongeler deconnecter decorer decouper decouvrir decrire decrocher dedicacer deduire \
defendre definir defricher degager degeler degivrer deguster delaisser deleguer deliberer delimiter delivrer demander demarcher demarrer demenager demissionner demonter \
demontrer denombrer denoncer depanner departager depasser depecher depenser deplacer deplier depoussierer derouler desactiver descendre desherber designer desinfecter \
desinstaller desservir destocker detacher detailler detartrer detecter determiner detruire devancer devisser devoiler dicter differer digitaliser diminuer diriger \
disposer distinguer diviser dompter doser doter doubler dresser dupliquer durcir ebaucher ecarter echanger echantillonner echelonner eclairer eclaircir ecouter ecourter \
ecraser effacer egaliser eliminer elaguer elargir elever elire eloigner emettre emmener empaqueter empecher employer encadrer encaisser enchainer encoder encourager \
enduire enfermer engager enlever enqueter enrichir enrober enrouler enseigner entamer entasser entendre enterrer entourer entreposer entreprendre entrer entretenir \
enumerer envisager epargner epauler eplucher eponger equilibrer equiper eradiquer eriger esquisser essayer essuyer estimer etaler etayer eteindre etendre etiqueter etirer \
etoffer evacuer eveiller eviter evoquer excuser executer exercer exiger exonerer exploiter explorer exposer exprimer extraire faciliter faconner faxer federer feliciter \
fermer feter feuilleter ficeler ficher figer filmer filtrer financer flecher fonder fondre forger formater former formuler fouiller franchir frapper freiner frotter \
fusionner gagner garantir garder garer garnir geler generer glisser gommer gonfler gouter graisser graver greffer griller grouper guerir guider habiller habiter \
harmoniser heberger hisser homologuer honorer huiler hydrater identifier illustrer imaginer implanter impliquer implementer importer imposer improviser imputer inaugurer \
inclure incorporer indemniser indexer indiquer industrialiser initialiser initier injecter inserer insister inspecter instaurer instruire insonoriser interdire \
interpeller interpreter interroger interrompre intervenir introduire inventer inventorier investir isoler jardiner jeter joindre jouer jumeler justifier labourer lacher \
laisser laminer legaliser leguer lever liberer licencier lier limiter liquider lister localiser loger lotir lubrifier maintenir manger manipuler maquetter maquiller \
marchander marquer masquer mediatiser melanger memoriser menager mener mentionner meubler mixer mobiliser modeliser moderer moderniser moissonner monnayer mouler mouiller \
multiplier munir muter narrer negliger neutraliser nommer normaliser nouer nourrir numeriser numeroter objecter observer occuper octroyer offrir operer opposer opter \
optimiser orchestrer ordonner orienter orner oter ourler outiller palper panser parachever parapher paramétrer parametrer parcourir parfaire parler parrainer participer \
paver peigner peler percer perfectionner perforer permettre permuter peser photocopier photographier piloter piocher placer plaider plaisanter planter plastifier plier \
plomber pointer polir pomper ponceer poncer porter posseder postuler pourvoir poursuivre pousser pratiquer preciser preconiser prefinancer prelever presider presser \
preserver preter preuver privilegier proceder procurer projeter prolonger promettre promouvoir prononcer prospecter proteger prouver provisionner purger qualifier \
quantifier questionner quitter raccommoder raccompagner raccorder raccourcir raccrocher racheter racler racoler raffiner rafraichir ralentir rallonger ramasser ramener \
ramoner rapatrier rapprocher raser ratifier rattacher rattraper rayer realiser reamenager rebrancher rebondir recadrer recenser recevoir rechauffer recharger rechercher \
reciter reclamer recoller recolter recommander recommencer recompenser reconcilier reconduire reconnaitre reconstituer reconstruire recoudre recouper recouvrer recouvrir \
recruter recueillir recuperer recycler redefinir redemander redemarrer redessiner redeployer rediscuter redistribuer reecrire reexaminer refaire referencer reflechir \
reformuler refroidir refuser regarder regenerer regrouper regulariser rehausser reimprimer reinitialiser reinscrire reinstaller rejeter rejoindre relater relever relier \
reloger remanier rembourser remercier remonter remorquer rempoter remuer renegocier renforcer renommer renoncer renseigner rentrer renverser repandre repartir reperer \
repertorier repeter replanter replier replanifier reposer repousser represente representer reprogrammer reproduire requerir resilier resister respecter restaurer \
restituer restreindre restructurer retablir retaper retarder retenir retirer retoucher retracer retrancher retranscrire retravailler retrouver reussir revaloriser \
reveiller reveler revendre reverifier revetir revoquer rincer river rogner rompre saler saluer sauver sceller scanner scier scinder secher secouer seduire sensibiliser \
separer servir signaler simplifier simuler situer soigner solder sonder sortir souder soulever souligner souscrire soutenir sponsoriser stabiliser standardiser stationner \
statuer stocker structurer subdiviser substituer succeder suggerer superviser suppleer supporter surligner surveiller suspendre synchroniser synthetiser tailler tamiser \
taper tapisser teindre teléphoner telecharger telephoner temoigner tenir tenter tirer tisser titrer tolerer tordre toucher tourner tracer trancher transcrire transporter \
transformer travailler traverser tremper tronquer truffer tuer tutoyer tuteurer unifier uniformiser usiner user vacciner valoriser varier veiller ventiler vernir vidanger \
viser visionner visser vulgariser zoner";
