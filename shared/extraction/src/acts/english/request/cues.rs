//! The openings of English requests and promises.

/// Openings that ask the reader for the verb that follows.
pub(crate) const ASKS: &str = "\
    please|pls|plz|kindly|please do|request you to|request you to kindly|i request you to|we request you to|requesting you to|you are requested to kindly|you may kindly|one of you may kindly|pls to|please to|kindly do|please can you|please could you|please also|can you please|\
    could you please|can you|could you|would you|will you|can you also|could you also|\
    would you please|will you please|can u|could u|can u pls|can u please|are you able to|\
    would you be able to|will you be able to|any chance you could|any chance you can|\
    is there any chance you could|is there any chance you can|could i ask you to|\
    can i ask you to|may i ask you to|i'd like to ask you to|i would like to ask you to|\
    i need you to|i'd like you to|i would like you to|i want you to|we need you to|\
    we'd like you to|we would like you to|i was wondering if you could|\
    i was wondering whether you could|i wonder if you could|wondering if you could|\
    i'd appreciate it if you could|i would appreciate it if you could|\
    i'd appreciate if you could|i would appreciate if you could|it would be great if you could|\
    it'd be great if you could|would be great if you could|it would be good if you could|\
    it would be nice if you could|it would be helpful if you could|it would help if you could|\
    i'd be grateful if you could|i would be grateful if you could|grateful if you could|\
    would it be possible for you to|would it be possible to|is it possible for you to|\
    do you think you could|do you think you can|if you could|we ask you to|we ask that you|we kindly ask that you|we request that you|i ask that you|we kindly ask you to|\
    i ask you to|you are asked to|you are kindly asked to|you are requested to|you're asked to|\
    we request you to|make sure to|make sure you|be sure to|please make sure to|\
    please make sure you|please be sure to|please ensure you|remember to|please remember to|\
    don't forget to|let's not forget to|let us not forget to|do not forget to|dont forget to|please don't forget to|\
    please do not forget to|don't forget you need to|you might want to|can you guys|\
    could you guys|can you all|could you all|please each|could you both|can you both|\
    would you kindly|could you kindly|can you just|could you just|can you quickly|\
    could you quickly|you'll need to|you will need to|i'm asking you to|may we ask you to|\
    your task is to|your job is to|your homework is to|what i need from you is to|\
    just need you to|need you to|also need you to|mind if i ask you to|\
    we appreciate it if you could|we would appreciate it if you could|\
    we'd appreciate it if you could|we would be grateful if you could|\
    we'd be grateful if you could|can we ask you to|could we ask you to|\
    you'll want to|you will want to|i'd suggest you|i suggest you|i would suggest you|happy for you to|i'm happy for you to|i don't suppose you could|i don't suppose you'd have a minute to|i don't suppose you'd have time to|i don't suppose you have time to|i don't suppose you have a minute to|\
    do you have time to|would you have time to|do you have a minute to|have you got time to|could you find time to|could you find the time to|would you have a chance to|\
    i'm counting on you to|i am counting on you to|i'm relying on you to|i'm trusting you to|i'll need you to|i will need you to|i'd ask you to|i would ask you to|\
    i must ask you to|we would ask you to|we'd ask you to|i have to ask you to|it would be a great help if you could|it would be a big help if you could|it would be a huge help if you could|\
    feel free to go ahead and|i want to ask you to|you could please|could you possibly|can you possibly|could you maybe|can you maybe|could you perhaps|can i trouble you to|could i trouble you to|may i trouble you to|i'd love you to|i would love you to|if you would|if you could please";

/// Openings that ask somebody, not named.
pub(crate) const ASKS_ANYONE: &str = "\
    we also need someone to|we also need somebody to|we still need someone to|we still need somebody to|i still need someone to|we need one of you to|can anyone please|could anyone please|any volunteers to|anyone able to|is anyone able to|who can|\
    can someone|could someone|can somebody|could somebody|can anyone|could anyone|can anybody|\
    could anybody|would someone|will someone|can someone please|could someone please|\
    can one of you|could one of you|someone please|can somebody please|could somebody please|\
    we need someone to|i need someone to|need someone to|someone needs to|somebody needs to|\
    someone has to|someone should|someone must|somebody should|somebody has to|\
    the next step is to|next step is to|the plan is to|the action is to|action is to|\
    the task is to|all that's left is to|it is necessary to|it's necessary to|\
    it is important to|we still need to|what's left is to|remaining is to|\
    it would be great if someone could|we need somebody to|let's get someone to|goal is to|\
    the goal is to";

/// Openings with a gerund.
pub(crate) const ASKS_GERUND: &str =
    "would you mind|do you mind|mind|would anyone mind|i'd appreciate you|would you consider";

/// Openings by which the speaker binds herself.
pub(crate) const COMMITS: &str = "\
    don't let me forget to|do not let me forget to|i mustn't forget to|i must remember to|must remember to|my plan is to|my aim is to|i'm due to|let me|remind me to|note to self|note to self :|i promised to|i agreed to|\
    my next step is to|my job is to|my task is to|on me to|i volunteered to|i'll try to|\
    i will try to|i still need to|i still have to|i also need to|happy to|i'm happy to|\
    i'll make sure to|i'll be sure to|i'll go ahead and|lemme";

/// After "please": courtesies, not tasks.
pub(crate) const COURTESIES: &str = "\
    find|see attached|see below|see the attached|note|feel|do not hesitate|don't hesitate|\
    be advised|be aware|be informed|accept|enjoy|ignore|disregard|consider the environment|\
    contact us|contact me with|contact us with|contact me if|let me know if|let us know if|\
    let me know should|reach out if|reach out with|reach out to us|forgive|excuse|advise|\
    be patient|bear with|stand by|hold|wait|allow|click|visit our|visit www|call us|come|have a|\
    take care|take a seat|stay|keep in mind|keep up|join us in|remember that|know that|\
    understand|welcome|refer to|don't worry|do not worry|let me know what you think|\
    let me know your thoughts|shout if|give us a call|keep calm|mind the|imagine|picture|\
    say hello|tell me more|believe|trust|rest assured|sit|relax|be so kind|help yourself|not|\
    do not|don't|no|never|bring this up|notice|be|think of|think about|see|keep me posted|\
    keep us posted|keep me updated|quote|retain this|keep this letter|keep this email|do get in touch|get in touch if|get in touch with|direct any|address any|contact your|consult|seek|speak to your|talk to your|print responsibly";

/// Verbs that make "can you .." small talk.
pub(crate) const IDLE: &str = "\
    believe|imagine|see|hear|tell|guess|remember|feel|understand|come|be|like|say|think|know|\
    have|do|want|afford|explain|stay|help|recall|make|relate|live|join|elaborate|picture";

/// Requests whose verb is none by itself.
pub(crate) const LOOKS: &str = "\
    have a look|have a quick look|have a closer look|have a read|have a think about|have a word with|have a chat with|be there|be ready|be on time|be prepared to";
