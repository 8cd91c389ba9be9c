//! English.

use super::Marks;

pub(super) const WORDS: &[(Marks, &str)] = &[
    (Marks::VERB, VERBS),
    (Marks::GERUND, GERUNDS),
    (Marks::PAST, PASTS),
    (
        Marks::NEGATION,
        "not no never none nobody nothing neither nor don't doesn't didn't won't can't cannot couldn't wouldn't shouldn't isn't aren't wasn't weren't \
        hasn't haven't hadn't needn't mustn't without dont wont cant didnt doesnt instead",
    ),
    (
        Marks::CONDITION,
        "if unless whether suppose supposing assuming provided would'd otherwise",
    ),
    (
        Marks::DOUBT,
        "might may maybe perhaps possibly probably would could hypothetically theoretically eventually someday ideally presumably potentially wish hopefully",
    ),
    (Marks::FIRST, "i i'll i'm i'd i've me my mine myself ill im"),
    (
        Marks::SECOND,
        "you you'll you're you'd you've your yours yourself ya u",
    ),
    (
        Marks::PLURAL,
        "we we'll we're we'd we've us our ours ourselves let's lets",
    ),
    (
        Marks::THIRD,
        "he she they he'll she'll they'll he's she's they're him her them his their it it's its that this these those",
    ),
    (
        Marks::ANYONE,
        "someone somebody anyone anybody everyone everybody all folks guys y'all both each",
    ),
    (
        Marks::ROLE,
        "team marketing finance legal hr design engineering sales support dev devs qa management ops operations it security procurement product \
        intern chair chairman chairperson chairwoman secretary treasurer president director manager pm coordinator organizer organiser facilitator committee board vendor supplier contractor \
        developers designers engineers developer designer engineer leadership editor accounting accountant purchasing logistics admin administration office \
        teacher professor instructor tutor tutors supervisor lead leads host hosts scribe owner assignee captain \
        staff group groups department recruiting communications comms backend frontend infra analytics research warehouse maintenance facilities \
        clerk caretaker custodian steward convenor secretariat principal registrar auditor lawyer vicar curate churchwarden rector bursar matron skipper coach groundsman foreman surgeon phleb phlebotomist anaesthetist pharmacist physio porter plumber electrician sparky carpenter joiner roofer lawyers counsel consultant consultants agency architect architects analyst analysts subcommittee nurse doctor reception ta tas cfo ceo cto coo cmo cio vp",
    ),
    (
        Marks::GENERIC,
        "students participants attendees members volunteers parents administrators operators maintainers families employees users visitors customers applicants residents tenants guests passengers citizens drivers patients subscribers workers borrowers \
        employee user visitor customer applicant resident tenant guest passenger citizen driver patient subscriber worker contributors contributor candidate candidates person persons people personnel \
        pupil pupils player players member student licensee licensor party parties seller buyer landlord lessee client clients consumers consumer readers reader owners holders",
    ),
    (
        Marks::HABIT,
        "always never usually generally typically normally often sometimes regularly whenever anytime rarely commonly traditionally",
    ),
    (
        Marks::REPORT,
        "said says reported reports announced announces mentioned mentions noted notes explained explains stated states claimed claims told wrote \
        believes thinks thought heard expects predicted predicts recalled confirmed according reportedly allegedly argued argues suggested wondered observed",
    ),
    (Marks::PLEASE, "please pls plz kindly"),
    (
        Marks::MEETING,
        "meeting meetings mtg mtgs call sync standup stand-up interview appointment workshop webinar kickoff retro retrospective seminar conference lunch breakfast dinner \
        briefing debrief huddle checkin session townhall demo rehearsal ceremony party concert lecture consultation visit planning offsite catchup dentist \
        hearing assembly gathering reception training orientation tour presentation 1:1 coffee rehearsals deposition agm egm screening fitting viewing funeral wedding christening carols matinee regatta tasting picnic barbecue bbq fundraiser fete induction vigil banquet gala mediation inquest webcast hangout reunion review walkthrough inspection checkup",
    ),
    (
        Marks::EXAM,
        "exam exams midterm midterms final finals quiz quizzes test tests examination viva orals",
    ),
    (
        Marks::COURSEWORK,
        "homework hw assignment assignments essay essays paper papers pset problemset lab report reports project projects worksheet reading readings reflection \
        proposal portfolio exercise exercises draft thesis coursework case presentation journal bibliography outline discussion milestone deliverable deliverables submission",
    ),
    (
        Marks::FUNCTION,
        "the a an and or but so of to in on at by for with from as into onto over under about than then there here that this these those is are was were be been being am \
        have has had do does did will would can could shall should must may might ought i you he she it we they me him her us them my your his its our their who whom whose which what where \
        when why how if because since while although though also just still only even very too more most less least much many some any each every all both few other another such same own no nor not \
        out up down off again further once per via between through during before after above below until against among yes ok okay sure well oh hey hi hello thanks thank dear",
    ),
    (
        Marks::STATE,
        "be have like love hate know believe think feel seem appear become remain belong exist contain consist cost matter mean mind rise fall grow happen occur arrive leave live die \
        win lose hope wish want hear smell taste suffer enjoy expect depend deserve fit hurt lack need owe possess prefer recognize remember resemble sound understand \
        wonder agree disagree regret doubt fear expire crash break sleep stay continue begin start end last vary differ work run see look benefit increase decrease improve open close receive get go come try",
    ),
    (
        Marks::RECIPE,
        "preheat oven tbsp tsp tablespoon tablespoons teaspoon teaspoons cup cups flour sugar butter bake simmer boil saute whisk dough garlic onion onions skillet saucepan knead sprinkle \
        drizzle stir chopped minced diced grated cinnamon vanilla yeast salt pepper marinate broth celsius fahrenheit servings ingredients garnish oz ml grams batter frosting olive pan pot dice chop serve drain fry roast grate peel rinse soak lentils carrots potatoes tomatoes soup sauce stock eggs milk cream lemon parsley basil chicken beef rice pasta",
    ),
    (
        Marks::ADVERT,
        "discount discounts sale sales coupon promo promotion unsubscribe subscribe newsletter offer offers deal deals shop buy bargain bestseller exclusive voucher vouchers giveaway \
        freebie trial upgrade limited savings save clearance shipping checkout cashback membership premium unbeatable sponsored advertisement",
    ),
    (
        Marks::MANUAL,
        "click tap press button menu dropdown install sudo npm pip cargo terminal wizard dialog toggle checkbox screen settings tab icon plug unplug cable screw screws \
        tighten reboot restart firmware directory repository clone localhost config syntax function parameter bolt bolts lever",
    ),
    (
        Marks::LEGAL,
        "shall hereby herein hereto thereof pursuant liable liability indemnify warranty agreement clause terms policy policies regulation regulations prohibited permitted violation \
        compliance mandatory conduct disciplinary eligible eligibility penalty forfeited lessee lessor notwithstanding bylaws guidelines guideline rule rules handbook",
    ),
    (
        Marks::DONE,
        "done completed complete finished closed resolved cancelled canceled shipped fixed merged delivered dropped obsolete achieved sent submitted paid booked approved \
        solved archived already wontfix signed",
    ),
    (
        Marks::MODAL,
        "will shall must should would could can may might i'll we'll you'll he'll she'll they'll need needs has have",
    ),
    (
        Marks::THING,
        "this that it there what which prices weather sales revenue costs demand winter summer spring autumn today tomorrow yesterday nothing something everything \
        deadline budget project meeting system server app application software website site product service company report document plan agenda release version feature event \
        traffic train bus flight doors store market stock economy government experts analysts scientists researchers officials study participants' results tickets registration \
        temperatures rain snow function method class api code module database file page form model device machine engine battery package delivery parcel order \
        nobody everyone's decision decisions time work life world policy contract agreement payment room building road bridge train's school store's update",
    ),
    (
        Marks::QUESTION,
        "who what when where why how which whose whom did does do is are was were has have should shall may am isn't aren't don't doesn't didn't won't",
    ),
    (
        Marks::GREETING,
        "hi hello hey dear thanks thank cheers regards sincerely best morning greetings congrats congratulations welcome sorry cc bcc ps",
    ),
];

const VERBS: &str = "\
accept access accompany act activate adapt add address adjust adopt advertise advise align allocate amend analyse analyze announce annotate answer apply appoint approach approve archive arrange \
ask assemble assess assign assist attach attend audit authorise authorize automate award back backup bake bring ballot benchmark bill block book borrow brainstorm brief bring broadcast build bump buy \
calculate calibrate call cancel capture carry catch celebrate certify change charge chase check choose circulate clarify classify clean clear close coach coordinate collaborate collate collect \
combine comment commission communicate compare compile complete compose compute condense conduct configure confirm connect consider consolidate construct consult contact contribute convert convene cook \
copy correct counter cover craft create cross cut deal debug decide declare decommission decorate deduct define delegate delete deliver demo demonstrate deploy deposit describe design \
design detail determine develop devise diagnose digitise digitize direct disable discard discuss dispatch display dispose distribute do document donate double download draft draw drive drop dry duplicate \
edit elaborate elect email e-mail employ empty enable encourage engage enlarge enrol enroll ensure enter escalate establish estimate evaluate examine exchange execute expand expedite explain explore export extend \
extract fax feed fetch figure file fill film finalise finalize find finish fix fly focus fold follow forecast format formulate forward free fulfil fulfill fund gather generate get give go grab grade grant group guide handle hand harvest \
help hire hold host identify illustrate implement import improve incorporate index inform initiate input inspect install instruct integrate interview introduce inventory investigate invite invoice involve iron \
issue join keep kick label launch lead learn lease let liaise lift link list listen load localise localize locate lock log look lower mail maintain make manage map mark measure meet mend mentor merge message migrate mock \
modify monitor mount move mow nail name narrow negotiate nominate note notify nudge number obtain offer onboard open operate optimise optimize order organise organize outline outsource overhaul oversee pack package \
paint park participate pass patch pay perform phone photograph pick pilot ping place plan plant point polish populate post postpone practice practise prepare present press prevent print \
prioritise prioritize process procure produce program promote proofread propose prototype provide provision publish pull purchase push put quantify query quote raise reach read rearrange rebase reboot rebuild recall \
recalculate receive recheck recommend reconcile reconfirm record recruit rectify recycle redact redesign redo redraft reduce refactor refer refill refine reformat refresh refund refuse register rehearse reimburse reinstall reissue \
reject relabel release relocate remind remove rename renew rent reopen reorder reorganise reorganize repair repeat replace replenish reply report repot represent reproduce request reschedule research reserve reset resend resize resolve respond restart \
restock restore restructure resubmit retest retrieve return reuse review revise revisit revoke rewrite ring roll rotate run sand save scan schedule scope score screen screenshot scrub search secure see seek select sell send separate serve \
service set settle setup shape share sharpen shift ship shop shortlist shovel show shut sign simplify sketch solicit solve sort source speak specify split sponsor spot staff stage start state stock \
stop store streamline stress strengthen strip structure study submit subscribe summarise summarize supervise supply support survey swap sweep switch sync synchronise synchronize tag tailor take talk target teach tell terminate \
test text thank tidy tighten top total touch trace track trade train transcribe transfer translate transport travel treat triage trial trim troubleshoot tune turn tweak type unblock undertake unify unpack \
unsubscribe update upgrade upload use utilise utilize vacuum validate verify vet view visit volunteer vote walk warn wash watch water weigh weld wind wipe wire withdraw work wrap write zip \
familiarise familiarize finalized grease harmonise hang inquire enquire jot memorise memorize moderate nurture pin pencil sound spec summarize tackle tee unplug vaccinate weed whiteboard workshop rsvp reach doublecheck double-check \
follow-up followup renegotiate reprint reproof reassess reassign reconvene recap relaunch retire rework resume rerun rescan retake redeem redeploy reevaluate re-send re-run re-check re-test pre-order preorder prep \
research debrief decide deregister descale delist defrost dismantle disconnect dig drill earmark engrave evict expense fertilise file flag flash furnish hoover hook insure invest knit lay lend levy lobby mute mop mind motivate \
abolish absorb acknowledge acquire administer affix airmail amass appraise arbitrate ascertain assert auction augment autoclave bisect bleach boil bookmark buzz bury \
carve categorise categorize cater caulk caution centrifuge chop christen cite clamp collar commence commend complement comply compress conceal concoct confer confront \
conserve console consign constrain copyedit counsel count countersign crosscheck curate customise customize dab dampen deactivate deadhead decant decline decode decrease \
dedicate dedupe deep-clean defer defray degrease delay delimit demolish demote denote depict deputise derive descend designate despatch detach detain deter detour devote \
differentiate dine disassemble discharge disclose discontinue disinfect dissolve distil divert divide dole double-book dredge drape drip earn eject eliminate elicit embed \
embroider empower emulate enclose encrypt endorse enforce enhance enlist enrich entertain entrust enumerate equip erase evacuate exclude exempt exhibit expel expose \
extinguish fabricate facilitate fasten finetune fine-tune flatten flip formalise formalize freeze freshen fumigate funnel googlesearch grind grout harden harmonize \
homeschool humidify hydrate ignite illuminate immunise incubate incur infer inflate inject inlay inscribe insert insulate intercept interpret interpolate interrogate \
itemise itemize jettison jumpstart knock laminate launder legalise liberate lighten lubricate magnify maximise maximize mediate minimise minimize mobilise modernise \
modernize mulch multiply muster nag normalise normalize notarise notarize offload outfit overrule overwrite parse pave penalise personalise personalize pester precook \
preheat prescribe preserve preview prewash prick proclaim prod prolong propagate protect prune purge pursue qualify quarantine realign reallocate reapply rebook rebrand \
rebut recite recommission reconnect reconsider reconstruct recoup recover redecorate redial redirect redistribute refit reflect refrigerate refuel regenerate regrout \
regulate rehouse reinforce reinstate reload remake remedy remit remodel remortgage render rephrase replant replot repopulate reposition repost repurpose requeue rescue \
rescope reseal reseed resell reshoot reshuffle resit resolder resow respray restaff retain rethink retrain retrofit retype revalidate revert revive rewash rewind rewire \
rezone rinse root rub safeguard sanitise sanitize scour scout scrape scrap screw segregate shampoo shave shorten shred shrink shuffle sing siphon skim soften solder sow \
spell-check spellcheck sprinkle squeeze standardise standardize steer sterilise sterilize stir stow straighten strap strim stump subcontract substitute subtitle subtract \
summon superglue supplement suppress suspend swab symbolise syndicate synthesise synthesize tabulate tack thaw transpose trawl treble typeset uncover underline undo \
unload unlock unpick unpin unroll untangle unwrap uproot upholster upsell varnish ventilate vouch wallpaper warrant wean whitewash winterise winterize winterproof wrangle \
sling whack resub recce anonymise anonymize backfill backport blacklist cherry-pick containerise containerize decouple dockerise fuzz hotfix lint memoize parametrise \
parameterise rollback typecheck unmute whitelist autofill";

const GERUNDS: &str = "\
adding adjusting analysing analyzing approving arranging asking assembling assigning attending auditing booking bringing briefing building buying calling cancelling checking circulating clarifying cleaning closing collecting \
compiling completing confirming contacting coordinating correcting covering creating delivering deploying designing developing discussing distributing documenting doing drafting driving editing emailing escalating evaluating \
exploring exporting filing filling finalising finalizing finding finishing fixing following forwarding gathering generating getting giving handling helping hiring hosting implementing improving informing installing investigating inviting \
invoicing joining leading letting liaising listing looking mailing making managing mapping meeting merging migrating monitoring moving negotiating notifying obtaining ordering organising organizing outlining owning painting paying phoning picking \
pinging planning polishing posting preparing presenting printing processing procuring producing proofreading providing publishing pulling pushing putting raising reaching reading recording recruiting registering removing renewing \
replacing replying reporting requesting rescheduling researching reserving resolving responding returning reviewing revising rewriting running scheduling securing selecting sending setting sharing shipping signing sorting sourcing speaking \
submitting summarising summarizing taking talking testing tracking training transferring translating updating upgrading uploading validating verifying visiting working wrapping writing chasing circling dealing ensuring drawing cooking resending";

const PASTS: &str = "\
sent was were had did went said told made took gave got met spoke wrote read paid bought brought found built held kept led left lost ran saw sold set chose drew drove fell felt forgot \
began became broke came caught rose sat shook shut sang stood stole taught thought threw understood woke wore won agreed approved discussed decided presented reviewed completed finished closed \
submitted delivered shipped fixed resolved merged updated uploaded published posted booked called emailed signed received confirmed cancelled canceled postponed moved changed created added removed replaced \
attended launched released deployed installed migrated tested prepared drafted finalised finalized scheduled arranged organised organized hired ordered purchased collected gathered printed distributed \
circulated shared forwarded informed notified contacted asked requested answered replied responded visited cleaned repaired painted cooked watched listened learned learnt studied worked talked walked started stopped \
opened handed returned renewed registered recorded reported noted mentioned explained announced introduced welcomed thanked congratulated elected appointed voted raised reached passed failed achieved analysed analyzed checked \
verified validated investigated identified solved improved reduced increased reopened interviewed translated transferred implemented configured refactored redesigned summarised summarized tracked used tried wrapped";
