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
        "reunion rendez rdv rendez-vous appel entretien atelier conference assemblee visioconference visio seminaire seance dejeuner diner dentiste medecin visite formation point soutenance comite",
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
        "four prechauffer cuillere cuilleres tasse farine sucre beurre cuire bouillir oignon oignons ail sel poivre pate melanger fouetter poele grammes huile oeufs ingredients enfourner",
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
transmets transmettez partage partagez repondez reponds signe signez complete completez remplis remplissez corrige corrigez pense pensez rappelle rappelez apporte apportez contacte contactez";
