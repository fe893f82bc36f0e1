//! What is said of a filter that can't be understood, and where it points.

use super::fixture::vocabulary;
use crate::query::{QueryError, parse};

fn error(text: &str) -> QueryError {
    parse(text, &vocabulary()).expect_err(text)
}

#[test]
fn errors_point_at_their_place() {
    for (text, place, message) in [
        ("a statsu:draft", "statsu", "“statsu” is neither a field nor a facet."),
        ("http://x", "http", "“http” is neither a field nor a facet."),
        ("\"what\":x", "\"what\"", "“what” is neither a field nor a facet."),
        ("status:draft,aproved", "aproved", "“aproved” is not a value of “status”."),
        ("status:*", "*", "“*” is not a value of “status”."),
        ("kind:dpo", "dpo", "“dpo” is not a value of “kind”."),
        ("split:trian", "trian", "“trian” is not a value of “split”."),
        ("flag:nope", "nope", "“nope” is not a value of “flag”."),
        ("intent:refnud", "refnud", "“refnud” is not a value of “intent”."),
        ("lang:German", "German", "“German” is not the code of a language."),
        ("has:wings", "wings", "“wings” is not a value of “has”."),
        ("lang>de", "lang", "“lang” is not a number, so nothing is above or below it."),
        ("is:x", "x", "“x” is not a value of “is”."),
        ("a \"b c", "\"b c", "This quote is never closed."),
        ("topic:\"b", "\"b", "This quote is never closed."),
        ("a \"\"", "\"\"", "There is nothing between these quotes."),
        ("a (b", "(", "This parenthesis is never closed."),
        ("a) b", ")", "This parenthesis closes a group that was never opened."),
        ("a ( )", "( )", "There is nothing between these parentheses."),
        ("status:", "status:", "“status” needs a value."),
        ("status: draft", "status:", "“status” needs a value."),
        ("status:draft, x", "status:draft,", "A value is missing after the comma."),
        ("tokens>", "tokens>", "“tokens” needs a value."),
        ("#1,", "#1,", "A value is missing after the comma."),
        ("tokens:many", "many", "“many” is not a whole number."),
        ("tokens>-1", "-1", "“-1” is not a whole number."),
        ("tokens:4..x", "4..x", "“x” is not a whole number."),
        ("tokens:9..3", "9..3", "The range runs from 9 down to 3, so nothing is in it."),
        ("id:..", "..", "The range has neither a beginning nor an end."),
        ("tokens<0", "0", "No number is below 0."),
        ("id:99999999999999999999", "99999999999999999999", "“99999999999999999999” is too large a number."),
        ("status>draft", "status", "“status” is not a number, so nothing is above or below it."),
        ("a or", "or", "“or” needs something after it."),
        ("a or or b", "or", "“or” needs something after it."),
        ("(a and)", "and", "“and” needs something after it."),
        ("OR a", "OR", "“OR” needs something before it."),
        ("a - b", "-", "A minus must stand directly before what is not wanted."),
        ("-or", "-", "A minus must stand directly before what is not wanted."),
        ("a ~", "~", "“~” needs the part of the text that is looked for."),
        ("手机 ü statsu:x", "statsu", "“statsu” is neither a field nor a facet."),
    ] {
        let error = error(text);
        assert_eq!(error.message, message, "{text}");
        assert_eq!(text.get(error.span.clone()), Some(place), "{text}");
    }
}

#[test]
fn the_nearest_known_word_is_proposed() {
    for (text, hint) in [
        ("statsu:draft", "did you mean “status”? To search for the text, write \"statsu:draft\""),
        ("intnet:refund", "did you mean “intent”? To search for the text, write \"intnet:refund\""),
        ("zz://q", "to search for the text, write \"zz://q\""),
        ("status:aproved", "did you mean “approved”?"),
        ("intent:refnud", "did you mean “refund”?"),
        ("flag:zz", "it has wrong, unsafe"),
        ("tokens:9..3", "write 3..9"),
    ] {
        assert_eq!(error(text).hint.as_deref(), Some(hint), "{text}");
    }
    assert_eq!(
        error("status:aproved").to_string(),
        "“aproved” is not a value of “status”. (did you mean “approved”?)"
    );
}

#[test]
fn what_would_be_too_much_for_sqlite_is_refused() {
    let deep = format!("{}a{}", "(".repeat(5000), ")".repeat(5000));
    assert!(error(&deep).message.starts_with("Groups can be"));
    assert!(error(&"a ".repeat(3000)).message.starts_with("A filter can hold"));
    assert!(error(&"a".repeat(30_000)).message.starts_with("A filter can be"));
    assert!(parse(&format!("{}a", "-".repeat(5001)), &vocabulary()).is_ok());
}
