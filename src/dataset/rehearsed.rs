//! What a verb would do, in words: a sentence that tells what was done, told as what would be.

/// What sentences begin with, and how the same is told of what was not done.
const VERBS: [(&str, &str); 34] = [
    ("added", "add"),
    ("approved", "approve"),
    ("brought", "bring"),
    ("called", "call"),
    ("changed", "change"),
    ("declined", "decline"),
    ("drew", "draw"),
    ("dropped", "drop"),
    ("edited", "edit"),
    ("flagged", "flag"),
    ("imported", "import"),
    ("kept", "keep"),
    ("made", "make"),
    ("merged", "merge"),
    ("normalised", "normalise"),
    ("overruled", "overrule"),
    ("put", "put"),
    ("queued", "queue"),
    ("ranked", "rank"),
    ("redid", "redo"),
    ("removed", "remove"),
    ("renamed", "rename"),
    ("replaced", "replace"),
    ("resolved", "resolve"),
    ("restored", "restore"),
    ("rewrote", "rewrite"),
    ("sent", "send"),
    ("set", "set"),
    ("split", "split"),
    ("submitted", "submit"),
    ("tagged", "tag"),
    ("took", "take"),
    ("undid", "undo"),
    ("wrote", "write"),
];
/// What is so already, or can't be, is no other where it was only tried.
const NOTHING: [&str; 2] = ["nothing", "can't"];

/// `would tag 12 examples intent:refund` of `tagged 12 examples intent:refund`; a sentence that says how things
/// are then is told as that.
pub(super) fn would(sentence: &str) -> String {
    let told = |part: &str| {
        let (first, rest) = part.split_once(' ')?;
        let (_, verb) = VERBS.iter().find(|(done, _)| *done == first)?;
        Some(format!("would {verb} {rest}"))
    };
    let is_nothing = NOTHING.iter().any(|word| sentence.starts_with(word));
    let mut parts = sentence.split("; ");
    let begins = parts.next().unwrap_or_default();
    let begins = match told(begins) {
        Some(told) => told,
        None if is_nothing => begins.to_owned(),
        // which it is not yet
        None => format!("it would be so: {}", begins.strip_suffix(" now").unwrap_or(begins)),
    };
    parts.fold(begins, |all, part| {
        let part = told(part).unwrap_or_else(|| part.to_owned());
        format!("{all}; {part}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_done_is_told_as_what_would_be() {
        for (done, tried) in [
            ("tagged 12 examples intent:refund", "would tag 12 examples intent:refund"),
            ("made #4; left: 2 unclear; took 3 out", "would make #4; left: 2 unclear; would take 3 out"),
            ("there is no goal now", "it would be so: there is no goal"),
            ("nothing to change: it is so already", "nothing to change: it is so already"),
            ("sent back #3", "would send back #3"),
            ("", "it would be so: "),
        ] {
            assert_eq!(would(done), tried);
        }
        assert!(VERBS.is_sorted(), "each is found where one looks for it");
    }
}
