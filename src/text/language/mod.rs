//! Which language a text is in, quickly, and none where too little is said to tell.
//!
//! Small words come first: a sentence of a common language has two or three of them, and to look them up is
//! quicker and, of one sentence, surer than to compare sequences of letters. What they leave open (another
//! language or script, a text in keywords) is told by its letters.

mod words;

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

use whatlang::{Detector, Lang, Script};
use xxhash_rust::xxh3::xxh3_64;

use words::WORDS;

/// So many words of a text are looked up, and so many bytes are compared by their letters.
const LOOKED_UP: usize = 120;
const COMPARED: usize = 600;
/// With fewer letters a text is too short to tell.
const FEWEST: usize = 8;
/// Where each letter is a word or a syllable, fewer tell.
const FEWEST_WIDE: usize = 2;
/// A text of so many words that has no small words of a language is in no language that has them: names,
/// numbers, code. It is not compared by its letters, which would find the likest of many.
const LONG: usize = 40;
/// Of so many words one at least is a small one.
const RAREST: usize = 20;
/// Of the small words that one language has, others that have a larger share than this are as near: of few words
/// only those that have as many, since a word that several languages share counts for each of them.
const NEAR: (u32, u32) = (7, 8);
/// From so much confidence on the letters are believed: of a script that many languages share, and of one
/// that two or three do.
const BELIEVED: f64 = 0.9;
const BELIEVED_OF_FEW: f64 = 0.1;
/// The same between languages that share the small words of a text.
const BELIEVED_AMONG: f64 = 0.5;

/// The languages that have a word, as bits by their place in [`WORDS`]. Every word of every example is looked
/// up, and nobody chooses the words that are in it: its hash need only be quick.
static BY_WORD: LazyLock<HashMap<&'static str, u64, BuildHasherDefault<Quick>>> = LazyLock::new(|| {
    let mut by_word = HashMap::default();
    for (at, (_, words)) in WORDS.iter().enumerate() {
        for word in words.split_whitespace() {
            *by_word.entry(word).or_default() |= 1 << at;
        }
    }
    by_word
});

/// So many bytes the longest of the small words has.
static LONGEST: LazyLock<usize> =
    LazyLock::new(|| BY_WORD.keys().map(|word| word.len()).max().unwrap_or_default());

/// The hash of one text, which is written at once.
#[derive(Default)]
struct Quick(u64);

impl Hasher for Quick {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 ^= xxh3_64(bytes);
    }

    /// What follows a text, to tell it from the next one, of which there is none.
    fn write_u8(&mut self, _: u8) {}
}

/// What small words say.
enum ByWords {
    /// It is this one.
    Clear(&'static str),
    /// It is one of these, which share most of theirs; what more people write comes first.
    Among(Vec<Lang>),
    /// Too few words to say.
    Few,
    /// None that has small words.
    None,
}

/// The language of a text as ISO 639-1 has it, `de`; what stands between fences (three backticks) is
/// code and is not looked at. `None` where it is too short, or in no language that is known.
pub fn language(text: &str) -> Option<&'static str> {
    let (mut letters, mut wide) = (0, 0);
    for letter in text.chars().filter(|letter| letter.is_alphabetic()).take(COMPARED) {
        letters += 1;
        wide += usize::from(letter >= '\u{2e80}');
    }
    if letters < FEWEST && wide < FEWEST_WIDE {
        return None;
    }
    let by_words = if wide * 2 < letters { by_words(without_code(text)) } else { ByWords::Few };
    // only what they leave open is put together
    let said = || without_code(text).flat_map(|line| [line, "\n"]).collect::<String>();
    match by_words {
        ByWords::Clear(code) => Some(code),
        ByWords::Among(langs) => {
            // of few words letters tell little, and the language that more people write is the likelier one
            let first = langs.first().copied().map(code);
            let info = Detector::with_allowlist(langs).detect(head(&said()));
            let sure = info.filter(|info| info.confidence() >= BELIEVED_AMONG);
            sure.map(|info| code(info.lang())).or(first)
        }
        ByWords::None if is_shared(&said()) => None,
        // another script has no small words here, and is told by its letters at once
        ByWords::Few | ByWords::None => by_letters(head(&said())),
    }
}

/// Whether many languages are written in the letters of a text.
fn is_shared(text: &str) -> bool {
    matches!(whatlang::detect_script(head(text)), None | Some(Script::Latin | Script::Cyrillic))
}

/// The part that is compared by its letters.
fn head(text: &str) -> &str {
    let end = (0..=text.len().min(COMPARED)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    text.get(..end).unwrap_or_default()
}

/// The lines that are no code, as many as are looked at.
fn without_code(text: &str) -> impl Iterator<Item = &str> {
    let (mut is_code, mut length) = (false, 0);
    let mut lines = text.lines();
    std::iter::from_fn(move || {
        while length < COMPARED * 4 {
            let line = lines.next()?;
            if line.trim_start().starts_with("```") {
                is_code = !is_code;
            } else if !is_code {
                length += line.len() + 1;
                return Some(line);
            }
        }
        None
    })
}

/// Whether it can stand in a word.
fn is_of_a_word(letter: char) -> bool {
    letter.is_alphabetic() || matches!(letter, '\'' | '’' | '-')
}

/// A small word as it is known, and the languages that have it, as bits; `lower` is where it is put into lower
/// case.
fn known_word(word: &str, lower: &mut String) -> Option<(&'static str, u64)> {
    lower.clear();
    if word.is_ascii() {
        if word.len() > *LONGEST {
            return None;
        }
        lower.push_str(word);
        lower.make_ascii_lowercase();
    } else {
        lower.extend(word.chars().flat_map(char::to_lowercase).map(|c| if c == '’' { '\'' } else { c }));
    }
    BY_WORD.get_key_value(lower.as_str()).map(|(word, languages)| (*word, *languages))
}

/// By small words, each counted once: two at least, more in a longer text, and more than any other language has.
fn by_words<'a>(lines: impl Iterator<Item = &'a str>) -> ByWords {
    let mut hits = [0_u32; WORDS.len()];
    // A word that is said again says no more of the language.
    let mut heard: Vec<&'static str> = Vec::new();
    let mut lower = String::new();
    let mut looked_up = 0;
    let words = lines.flat_map(|line| line.split(|letter: char| !is_of_a_word(letter)));
    for word in words.filter(|word| !word.is_empty()).take(LOOKED_UP) {
        looked_up += 1;
        let Some((word, mut languages)) = known_word(word, &mut lower) else { continue };
        if heard.contains(&word) {
            continue;
        }
        heard.push(word);
        while languages != 0 {
            if let Some(hit) = hits.get_mut(languages.trailing_zeros() as usize) {
                *hit += 1;
            }
            // without the lowest one
            languages &= languages - 1;
        }
    }
    let best = hits.iter().copied().max().unwrap_or(0);
    let enough = u32::try_from(looked_up / RAREST).unwrap_or(u32::MAX).max(2);
    if best < enough {
        return if looked_up < LONG { ByWords::Few } else { ByWords::None };
    }
    // those that have nearly as many
    let near =
        WORDS.iter().zip(hits).filter(|(_, hit)| hit * NEAR.1 > best * NEAR.0).map(|((code, _), _)| *code);
    let near: Vec<&'static str> = near.collect();
    match near.as_slice() {
        [only] => ByWords::Clear(only),
        several => {
            let lang =
                |wanted: &&'static str| Lang::all().iter().copied().find(|lang| code(*lang) == *wanted);
            ByWords::Among(several.iter().filter_map(lang).collect())
        }
    }
}

/// By letters and their sequences.
fn by_letters(text: &str) -> Option<&'static str> {
    let info = whatlang::detect(text)?;
    let is_shared = matches!(info.script(), Script::Latin | Script::Cyrillic);
    let believed = if is_shared { BELIEVED } else { BELIEVED_OF_FEW };
    (info.confidence() >= believed).then(|| code(info.lang()))
}

/// The two letters of a language.
fn code(lang: Lang) -> &'static str {
    match lang {
        Lang::Epo => "eo",
        Lang::Eng => "en",
        Lang::Rus => "ru",
        Lang::Cmn => "zh",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Ben => "bn",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Ukr => "uk",
        Lang::Kat => "ka",
        Lang::Ara => "ar",
        Lang::Hin => "hi",
        Lang::Jpn => "ja",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Pol => "pl",
        Lang::Amh => "am",
        Lang::Jav => "jv",
        Lang::Kor => "ko",
        Lang::Nob => "no",
        Lang::Dan => "da",
        Lang::Swe => "sv",
        Lang::Fin => "fi",
        Lang::Tur => "tr",
        Lang::Nld => "nl",
        Lang::Hun => "hu",
        Lang::Ces => "cs",
        Lang::Ell => "el",
        Lang::Bul => "bg",
        Lang::Bel => "be",
        Lang::Mar => "mr",
        Lang::Kan => "kn",
        Lang::Ron => "ro",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Tam => "ta",
        Lang::Vie => "vi",
        Lang::Urd => "ur",
        Lang::Tha => "th",
        Lang::Guj => "gu",
        Lang::Uzb => "uz",
        Lang::Pan => "pa",
        Lang::Aze => "az",
        Lang::Ind => "id",
        Lang::Tel => "te",
        Lang::Pes => "fa",
        Lang::Mal => "ml",
        Lang::Ori => "or",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Sin => "si",
        Lang::Khm => "km",
        Lang::Tuk => "tk",
        Lang::Aka => "ak",
        Lang::Zul => "zu",
        Lang::Sna => "sn",
        Lang::Afr => "af",
        Lang::Lat => "la",
        Lang::Slk => "sk",
        Lang::Cat => "ca",
        Lang::Tgl => "tl",
        Lang::Hye => "hy",
        Lang::Cym => "cy",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_says_its_language() {
        for (code, text) in [
            ("en", "How do I cancel my order?"),
            ("de", "Wie kann ich meine Bestellung stornieren?"),
            ("fr", "Comment est-ce que je peux annuler ma commande ?"),
            ("es", "¿Cómo puedo cancelar mi pedido?"),
            ("pt", "Como é que eu posso cancelar o meu pedido?"),
            ("it", "Come posso annullare il mio ordine?"),
            ("nl", "Hoe kan ik mijn bestelling annuleren?"),
            ("sv", "Hur kan jag avbryta min beställning och få pengarna tillbaka?"),
            ("pl", "Jak mogę anulować moje zamówienie?"),
            ("sk", "Ako môžem zrušiť svoju objednávku, keď už som ju zaplatil?"),
            ("hr", "Kako mogu otkazati svoju narudžbu ako sam je već platio?"),
            ("vi", "Làm thế nào để tôi hủy đơn hàng của mình?"),
            ("ca", "Com puc cancel·lar la meva comanda amb aquesta pàgina?"),
            ("no", "Hvordan kan jeg avbestille det som jeg har kjøpt, og hva koster det?"),
            ("da", "Hvordan kan jeg annullere min ordre, og hvad koster det mig?"),
            ("cs", "Jak mohu zrušit svou objednávku, když už je zaplacená?"),
            ("ru", "Как мне отменить мой заказ?"),
            ("uk", "Як мені скасувати моє замовлення?"),
            ("ja", "注文をキャンセルするにはどうすればいいですか"),
            ("zh", "我怎样取消订单"),
            ("ko", "주문을 어떻게 취소하나요"),
            ("th", "ฉันจะยกเลิกคำสั่งซื้อได้อย่างไร"),
            ("el", "Πώς μπορώ να ακυρώσω την παραγγελία μου;"),
            ("he", "איך אני מבטל את ההזמנה שלי"),
            ("hi", "मैं अपना ऑर्डर कैसे रद्द करूँ"),
            ("ar", "كيف يمكنني إلغاء طلبي من الموقع"),
        ] {
            assert_eq!(language(text), Some(code), "{text}");
        }
    }

    #[test]
    fn a_short_prompt_is_not_taken_for_a_language_that_has_a_word_of_it() {
        for text in [
            "What is the capital of France?",
            "Create a logo for a shoe company.",
            "Name a way to practice storytelling.",
            "Is a trapezoid a parallelogram?",
            "Name some festivals celebrated in India.",
            "I want a virtual card!",
            "Is my card broken?",
            "do i need a pin",
            "Suggest a place to visit in Japan",
        ] {
            assert_eq!(language(text), Some("en"), "{text}");
        }
        for (code, text) in [
            ("nl", "Wat is de hoofdstad van Frankrijk?"),
            ("af", "Wat is die hoofstad van Frankryk?"),
            ("fr", "Quelle est la capitale de la France ?"),
            ("es", "¿Cuál es la capital de Francia?"),
            ("pt", "Qual é a capital da França?"),
            ("it", "Qual è la capitale della Francia?"),
            ("hu", "Magyarázd el a különbséget az atom és a molekula között."),
            ("cs", "Navrhni jméno pro kočku a psa, když je to možné."),
            ("sk", "Daj mi tri tipy, ako lepšie spať."),
        ] {
            assert_eq!(language(text), Some(code), "{text}");
        }
    }

    #[test]
    fn a_word_that_is_said_twice_says_no_more() {
        assert!(matches!(by_words(std::iter::once("a logo, a logo, a logo")), ByWords::Few));
    }

    #[test]
    fn too_little_is_no_language() {
        for text in ["", "   ", "12 + 7 = ?", "ok", "x", "42 km", "SKU-1234", "?!"] {
            assert_eq!(language(text), None, "{text}");
        }
        assert_eq!(language("你好"), Some("zh"), "two letters of Chinese are two words");
    }

    #[test]
    fn many_words_without_small_ones_are_no_language() {
        let names =
            "Karpalund Tosterup Vinslov Alnarp Bara Klagstorp Sjobo Tomelilla Brosarp Kivik ".repeat(6);
        assert_eq!(language(&names), None);
    }

    #[test]
    fn code_is_not_looked_at() {
        let text =
            "Was macht diese Funktion, und warum ist sie so langsam?\n```\nfor the of and is are to you\n```";
        assert_eq!(language(text), Some("de"));
    }

    #[test]
    fn words_are_in_lower_case_and_of_one_language_at_least_twice() {
        assert!(WORDS.len() <= 64, "a bit for each language");
        for (code, words) in WORDS {
            assert_eq!(code.len(), 2);
            assert!(words.split_whitespace().all(|word| word.to_lowercase() == word), "{code}");
        }
    }
}
