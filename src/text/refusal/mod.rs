//! Whether a response declines what was asked.
//!
//! Read are its first sentences only: one that answers and adds what it can't do is an answer. Whoever
//! declines begins with it, or with an apology, thanks or what they are, and declines right after that.
//! Words are compared, not letters, so that `I can't help but laugh` and a quoted refusal are none.

mod phrases;

use std::collections::HashSet;
use std::sync::LazyLock;

use phrases::{MANNERS, Manner};

/// So much of the beginning is read, in bytes, and so many words of it.
const HEAD: usize = 600;
const WORDS: usize = 60;

/// The words that what declines begins with, in any language: most texts begin with none of them.
static FIRST: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let beginnings = MANNERS.iter().flat_map(|manner| [manner.openers, manner.leads, manner.whole]);
    beginnings.flatten().filter_map(|phrase| phrase.split(' ').next()).collect()
});

/// Whether the text declines, in English, German, French, Spanish, Italian, Portuguese or Dutch.
pub fn is_refusal(text: &str) -> bool {
    let mut words = words(text);
    let Some(first) = words.next().filter(|first| FIRST.contains(first.text.as_str())) else { return false };
    let words: Vec<Word> = std::iter::once(first).chain(words).take(WORDS).collect();
    MANNERS.iter().any(|manner| declines(&words, manner))
}

/// A word in lower case, and whether it ends a sentence.
struct Word {
    text: String,
    ends: bool,
}

/// The words of the beginning.
fn words(text: &str) -> impl Iterator<Item = Word> {
    let text = text.trim_start_matches(|c: char| !c.is_alphabetic());
    let end = (0..=text.len().min(HEAD)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let pieces = text.get(..end).unwrap_or_default().split_inclusive(char::is_whitespace);
    pieces.filter_map(|piece| {
        let bare = piece.trim_matches(|c: char| !c.is_alphanumeric());
        if bare.is_empty() {
            return None;
        }
        let lower = bare.chars().flat_map(char::to_lowercase);
        let text = lower.map(|c| if matches!(c, '’' | 'ʼ' | '`') { '\'' } else { c }).collect();
        let ends = piece.contains('\n') || piece.trim_end().ends_with(['.', '!', '?', ':']);
        Some(Word { text, ends })
    })
}

fn declines(words: &[Word], manner: &Manner) -> bool {
    if is_declined(words, manner) {
        return true;
    }
    let is_opened = manner.openers.iter().any(|opener| starts_with(words, opener).is_some());
    is_opened && (1..words.len()).any(|at| words.get(at..).is_some_and(|rest| is_declined(rest, manner)))
}

/// Whether it is declined right there.
fn is_declined(words: &[Word], manner: &Manner) -> bool {
    if manner.whole.iter().any(|phrase| starts_with(words, phrase).is_some()) {
        return true;
    }
    let rest = manner.leads.iter().filter_map(|lead| starts_with(words, lead));
    rest.filter_map(|at| words.get(at..)).any(|rest| {
        // no further than the sentence goes
        let sentence = rest.iter().position(|word| word.ends).map_or(rest.len(), |at| at + 1);
        let rest = rest.get(..sentence).unwrap_or_default();
        let is_denied = manner.negations.is_empty()
            || rest.iter().any(|word| manner.negations.contains(&word.text.as_str()));
        let is_not = manner.but.iter().any(|phrase| starts_with(rest, phrase).is_some());
        let verb = |at: usize| {
            let rest = rest.get(at..).unwrap_or_default();
            manner.verbs.iter().any(|verb| begins_with(rest, verb))
        };
        is_denied && !is_not && (0..manner.reach.min(rest.len())).any(verb)
    })
}

/// Where the words go on after those of the phrase, where they begin with them.
fn starts_with(words: &[Word], phrase: &str) -> Option<usize> {
    let mut at = 0;
    for part in phrase.split(' ') {
        if words.get(at)?.text != part {
            return None;
        }
        at += 1;
    }
    Some(at)
}

/// The same, where the last word only begins so.
fn begins_with(words: &[Word], phrase: &str) -> bool {
    let (before, last) =
        phrase.rsplit_once(' ').map_or((None, phrase), |(before, last)| (Some(before), last));
    let at = match before {
        Some(before) => starts_with(words, before),
        None => Some(0),
    };
    at.and_then(|at| words.get(at)).is_some_and(|word| word.text.starts_with(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_are_refusals() {
        for text in [
            "I'm sorry, but I can't help with that.",
            "I’m sorry, but I can’t assist with that request.",
            "Sorry, I cannot provide medical advice.",
            "I cannot fulfill your request.",
            "Das kann ich nicht beantworten.",
            "I can't help you with this. Please ask a lawyer.",
            "As an AI language model, I cannot provide legal advice.",
            "As a large language model I am unable to generate that kind of text.",
            "I apologize, but I'm not able to share personal data.",
            "I understand this is hard, but I can't provide instructions for that.",
            "Unfortunately, I won't be able to help you with that.",
            "I must respectfully decline.",
            "I'm not comfortable writing that.",
            "**I can't do that.**",
            "Es tut mir leid, aber dabei kann ich dir nicht helfen.",
            "Ich kann diese Anfrage leider nicht erfüllen.",
            "Leider darf ich dazu keine Auskunft geben.",
            "Als KI bin ich nicht in der Lage, das zu beurteilen.",
            "Je suis désolé, mais je ne peux pas vous aider avec cela.",
            "Je ne suis pas en mesure de répondre à cette question.",
            "Lo siento, pero no puedo ayudarte con eso.",
            "No puedo proporcionar esa información.",
            "Mi dispiace, ma non posso aiutarti con questo.",
            "Desculpe, mas não posso ajudar com isso.",
            "Het spijt me, maar daar kan ik je niet mee helpen.",
        ] {
            assert!(is_refusal(text), "{text}");
        }
    }

    #[test]
    fn answers_are_none() {
        for text in [
            "",
            "You can cancel the order in your account.",
            "I'm sorry to hear that your parcel is late. I have asked for a refund.",
            "I can't help but laugh at that.",
            "Sorry about the delay! Here is your invoice.",
            "I can help with that.",
            "Unfortunately, the shop is closed on Sundays.",
            "Thank you for asking. The answer is 4.",
            "He said: “I can't help you with that.”",
            "I can't believe it is already Monday. The report is attached.",
            "Es tut mir leid, dass das Paket zu spät kam. Ich habe es neu verschickt.",
            "Ich kann Ihnen gern helfen.",
            "Ich kann das nicht glauben. Trotzdem helfen wir gern.",
            "Je peux vous aider avec cela.",
            "Je suis désolé pour le retard. Voici votre facture.",
            "Lo siento por la demora. Aquí está su factura.",
            "Puedo ayudarte con eso.",
            "No, the capital of Australia is Canberra.",
            "{\"error\": \"I can't help with that\"}x",
        ] {
            assert!(!is_refusal(text), "{text}");
        }
    }

    #[test]
    fn what_comes_after_the_answer_is_not_read() {
        let answer = "The dose is on the label. ".repeat(30);
        assert!(!is_refusal(&format!("{answer}I'm sorry, but I can't help with more than that.")));
    }

    #[test]
    fn phrases_are_as_they_are_compared() {
        for manner in MANNERS {
            for list in
                [manner.openers, manner.leads, manner.negations, manner.verbs, manner.but, manner.whole]
            {
                for phrase in list {
                    assert_eq!(phrase.to_lowercase(), **phrase);
                    assert!(
                        !phrase.contains('’') && phrase.split(' ').all(|word| !word.is_empty()),
                        "{phrase}"
                    );
                }
            }
        }
    }
}
