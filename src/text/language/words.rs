//! The small words by which languages are told apart: those that nearly every sentence has, and that few
//! other languages share.

/// ISO 639-1, and its words in lower case.
pub(super) const WORDS: &[(&str, &str)] = &[
    (
        "en",
        "the and of to is are was were you your what how this that with for have has do does can could would \
         should it its i my me be been not from which there their when where why who will about please if or \
         as at on by an they we he she more write give make explain describe between find a in into some all \
         any no so up out over than then am us our his her i'm i'd i've it's don't create generate suggest \
         provide identify tell name list define compare following need want get got did had these those each \
         isn't doesn't didn't can't won't hasn't haven't what's that's there's",
    ),
    (
        "de",
        "der die das und ist nicht ein eine einen einem einer ich du wir ihr mir mich dich dir auf für mit den \
         dem des von zu zum zur im auch wie was warum wer wird werden wurde sind hat habe haben kann kannst \
         können sich aus bei nach oder aber wenn dass noch nur über mein meine bitte in an es so als um will am name",
    ),
    (
        "fr",
        "le les des et est une du dans pour que qui sur avec pas vous nous je il elle ce cette ces mon ma mes \
         votre vos au aux ne sont être avoir fait plus mais ou où comment pourquoi quel quelle quels est-ce \
         c'est j'ai n'est l'on qu'est-ce s'il peux peut la de un en a y à on se si son sa par moi",
    ),
    (
        "es",
        "el los las y es una del en por para que con no se su lo como más pero sus este esta esto qué cómo cuál \
         cuáles dónde cuándo quién está están son ser hay mi mis tu al un puedo puede quiero tengo muy también \
         sin sobre nos la de que a o me le entre",
    ),
    (
        "pt",
        "o os as e é uma do da dos das em no na nos nas para que com não se seu sua por mais como mas ao à são \
         está um eu você ele ela isso isto qual quais onde quando quem também já pelo pela meu minha posso pode \
         quero tem a de um ser entre me te ou",
    ),
    (
        "it",
        "il gli della delle dei degli del di e è che un una per non con sono si come più ma anche questo questa \
         nel nella alla al dal dalla lo i mi ti ci cosa perché dove quando chi quale quali ho ha hai posso può \
         mio mia sei la le a in o se fra tra",
    ),
    (
        "nl",
        "de het een en van ik je is dat niet op te zijn voor met die er maar om hem dan zou of wat mijn u men \
         dit zo door over ze zich bij ook tot uit naar hebben heeft heb worden wordt kan kunnen hoe waarom waar \
         wie welke deze geen nog wel in me ons tussen want had",
    ),
    (
        "sv",
        "och att det som en på är av för med till den har de inte om ett jag du hur vad när kan ska var från \
         eller men vi mitt min mina mig dig efter vid så vill finns",
    ),
    (
        "da",
        "og at det som en på er af for med til den har de ikke om et jeg du hvordan hvad når kan skal var fra \
         eller men vi mit min mine mig dig efter ved så vil hvorfor hvor",
    ),
    (
        "no",
        "og at det som en på er av for med til den har de ikke om et jeg du hvordan hva når kan skal var fra \
         eller men vi mitt min mine meg deg etter ved så vil hvorfor hvor",
    ),
    (
        "fi",
        "ja on ei se että joka mitä miten miksi voin voi minun minä sinä hän ovat oli olla kun jos mutta myös \
         tai kuin ole tämä tämän mikä missä kuinka en olen haluan",
    ),
    (
        "pl",
        "i w na nie się jest z do to że jak co po jego od za czy dla przez ale są tego tym mnie moje mój moja \
         jestem mogę można gdzie kiedy dlaczego który która które proszę być oraz lub a o mi",
    ),
    (
        "cs",
        "a je se na že v to s z do jak co pro jsem ale by o za po tak jsou které který která když nebo kde proč \
         není mi můj moje mohu můžu prosím být také už jako i k kdy jaký jaká jaké mezi",
    ),
    (
        "ro",
        "și în de la cu nu este pe ce că un o pentru din sau care mai sunt am ai are cum unde când lui ei fi \
         fost ca să dacă mea meu pot poate această acest a al îmi mă",
    ),
    (
        "hu",
        "a az és hogy nem is egy van meg de ez azt volt mint csak ha vagy már még kell mi hogyan miért hol \
         mikor ki lehet vagyok szeretnék nekem én te ők el le be fel ezt között",
    ),
    (
        "tr",
        "ve bir bu için de da ne ile çok ama var mı mi nasıl neden olarak daha gibi ben sen benim değil ya en \
         kadar olan nerede zaman kim hangi istiyorum yok",
    ),
    (
        "id",
        "yang dan di ini itu dengan untuk tidak dari dalam akan pada saya ke apa bagaimana ada adalah atau bisa \
         anda juga kamu karena sudah oleh mengapa mana tolong kami",
    ),
    (
        "ru",
        "и в не на я что он с как это по но они к у из мы за вы так его же от для о или если мне меня мой моя \
         когда где почему чтобы бы есть можно какой какие",
    ),
    (
        "uk",
        "і в не на я що він з як це по але вони до у із ми за ви так його же від для про або якщо мені мене мій \
         моя коли де чому щоб би є можна який які та й",
    ),
    (
        "hr",
        "i je u se na da za su od s ne što kako koji koja koje ili ali ako može mogu sam si smo ste bi biti kada \
         gdje zašto moj moja moje iz po sa nije kao te ću već",
    ),
    (
        "sl",
        "in je v se na da za so od z s ne kaj kako ki ali če lahko sem si smo ste bi biti kdaj kje zakaj moj moja \
         moje iz po ni kot tudi pa naj bo",
    ),
    (
        "sk",
        "a je sa na že v to s z do ako čo pre som ale by o za po tak sú ktoré ktorý ktorá keď alebo kde prečo nie \
         mi môj moja moje môžem môže prosím byť tiež už i k kedy aký aká aké medzi pri",
    ),
    (
        "lt",
        "ir yra į iš kad tai su ar kaip kas bet nuo apie man mano aš jūs mes kur kada kodėl galiu gali ne dėl per \
         prie būti kuris kuri už",
    ),
    (
        "lv",
        "un ir uz no ka tas ar vai kā kas bet par man mans es jūs mēs kur kad kāpēc varu var nav lai pie būt kurš \
         kura manu",
    ),
    (
        "et",
        "ja on ei et see mis kuidas kas aga või kui ma mina minu sa sina me te nad kus millal miks saan saab ole \
         oli olla ning ka seda selle",
    ),
    (
        "vi",
        "và của là có không cho được trong một những với các tôi bạn này để thế nào khi ở như hãy về làm gì đã \
         sẽ người thì mà từ ra hay hoặc",
    ),
    (
        "ca",
        "el els les i és una del per que amb no es com més però aquest aquesta què quan qui són ser hi meu meva \
         un puc pot vull tinc molt també sense sobre ens dels al als on la de a en o",
    ),
    (
        "af",
        "die en het is n 'n nie van ek jy ons julle hulle dat op te vir met wat in hoe waarom waar wie hierdie kan \
         my jou dit sal nog ook om of maar as by se want tussen",
    ),
    (
        "tl",
        "ang ng sa na at ay mga ko mo ako ikaw siya kami kayo sila ito iyon paano ano bakit saan kailan sino para \
         hindi po ba may kung kay ni nang",
    ),
    (
        "bg",
        "и в не на аз че той с как това по но те към от ние за вие така му да или ако мен моя кога къде защо ще \
         са е може какво какъв който",
    ),
];
