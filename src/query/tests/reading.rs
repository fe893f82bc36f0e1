//! What a filter's text means, and how it prints.

use super::fixture::{read, vocabulary};
use crate::example::{Split, Status};
use crate::query::{Expr, Filter, Interval, Is, Measure, Pick, Term, parse};

fn word(text: &str) -> Expr {
    Expr::Term(Term::Word(text.to_owned()))
}

fn not(tree: Expr) -> Expr {
    Expr::Not(Box::new(tree))
}

#[test]
fn or_is_lower_than_and_and_groups_are_higher() {
    let either = Expr::Or(vec![Expr::And(vec![word("a"), word("b")]), word("c")]);
    for text in ["a b or c", "a and b OR c", "(a b) or (c)", "((a b)) Or c"] {
        assert_eq!(*read(text).tree(), either, "{text}");
    }
    let both = Expr::And(vec![word("a"), Expr::Or(vec![word("b"), word("c")])]);
    assert_eq!(*read("a (b or c)").tree(), both);
    assert_eq!(*read("a(b or c)").tree(), both);
}

#[test]
fn a_minus_negates_the_next_term_or_group() {
    assert_eq!(*read("-a b").tree(), Expr::And(vec![not(word("a")), word("b")]));
    assert_eq!(*read("-(a or b)").tree(), not(Expr::Or(vec![word("a"), word("b")])));
    assert_eq!(*read("--a").tree(), word("a"));
    assert_eq!(*read("e-mail").tree(), word("e-mail"));
    assert_eq!(*read("-~part").tree(), not(Expr::Term(Term::Part("part".to_owned()))));
}

#[test]
fn empty_text_and_a_star_mean_everything() {
    for text in ["", "  \n", "*", "(*)", "* *", "* or a"] {
        assert!(read(text).is_everything(), "{text}");
    }
    assert_eq!(*read("* a").tree(), word("a"));
}

#[test]
fn known_names_are_found_whatever_their_case_and_printed_as_they_are() {
    for (typed, printed) in [
        ("STATUS:Draft,SUBMITTED", "status:draft,submitted"),
        ("Intent:REFUND", "intent:refund"),
        ("topic:\"LATE FEES\"", "topic:\"late fees\""),
        ("topic:ärger", "topic:ÄRGER"),
        ("topic:new", "topic:new"),
        ("topic:\"card, lost\",x", "topic:\"card, lost\",x"),
        ("\"Call Reason\":\"A\"\"B\"", "\"call reason\":\"a\"\"b\""),
        ("\"status\":odd", "\"status\":odd"),
        ("intent:\"none\"", "intent:\"none\""),
        ("intent:None,*", "intent:none,*"),
        ("intent=refund", "intent:refund"),
        ("by:ana,Bob", "by:Ana,Bob"),
        ("flag:*", "flag:*"),
        ("split:none,Train", "split:none,train"),
        ("is:Blank", "is:blank"),
        ("note:\"call back\"", "note:\"call back\""),
        ("tokens>400", "tokens>=401"),
        ("tokens<=20", "tokens<=20"),
        ("tokens<20", "tokens<=19"),
        ("tokens:>=7", "tokens>=7"),
        ("tokens=0", "tokens:0"),
        ("tokens:120..400,7,900..", "tokens:120..400,7,900.."),
        ("responses>=2", "responses>=2"),
        ("#412", "id:412"),
        ("#1,3..5", "id:1,3..5"),
        ("id:..20", "id<=20"),
    ] {
        assert_eq!(read(typed).to_string(), printed, "{typed}");
        assert_eq!(read(printed), read(typed), "{typed}");
    }
}

#[test]
fn what_only_looks_like_a_field_is_a_word() {
    for text in
        ["::", ":x", "a>b", "x=1", "<b>", "#tag", "#1a", "c++", "!!!", "it's", "👍", "a,b", "50%", "***"]
    {
        let filter = read(text);
        assert_eq!(*filter.tree(), word(text), "{text}");
        assert_eq!(read(&filter.to_string()), filter, "{text}");
    }
    assert_eq!(*read("refu*").tree(), word("refu"));
    assert_eq!(
        *read("\"or\" \"a:b\"*").tree(),
        Expr::And(vec![Expr::Term(Term::Phrase("or".to_owned())), word("a:b"),])
    );
    assert_eq!(read("\"a:b\"*").to_string(), "\"a:b\"*");
}

#[test]
fn words_for_marking_leave_out_what_must_not_be_there() {
    assert_eq!(read("refu (\"late fees\" or ~x) -gone status:draft").words(), ["refu", "late fees", "x"]);
}

#[test]
fn filters_are_put_together_in_code() {
    let filter = Filter::everything()
        .and(Filter::status(Status::Draft))
        .and(Filter::split(None).or(Filter::split(Some(Split::Test))))
        .and(Filter::tag("intent", Some("refund")).negated())
        .and(Filter::flag(None))
        .and(Filter::is(Is::Ranked))
        .and(Filter::number(Measure::Tokens, Interval::at_least(5)))
        .and(Filter::ids([3, 4]))
        .and(Filter::word("or"))
        .and(Filter::by("Ana"));
    let text = "status:draft (split:none or split:test) -intent:refund flag:* is:ranked tokens>=5 id:3,4 \"or\"* by:Ana";
    assert_eq!(filter.to_string(), text);
    assert_eq!(parse(text, &vocabulary()).as_ref(), Ok(&filter));
    assert_eq!(Filter::ids([]).to_string(), "-*");
    let list = vec![Pick::Value(String::new())];
    assert_eq!(Filter::from(Term::By(list)), Filter::everything().negated());
}
