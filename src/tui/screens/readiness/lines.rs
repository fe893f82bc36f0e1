//! The lines of the page as data: what each says, and what it leads to.

use crate::curation::cost::usual_range;
use crate::curation::gauges::{Gauge, Word};
use crate::curation::readiness::{self, Advice, Measure, Outcome, PairAdvice, Question};
use crate::dataset::Left;
use crate::text::count::{plural, thousands};
use crate::tui::assessing::{Assessed, PricesFrom};
use crate::tui::effect::{Shared, Tone};

/// Of what a gate is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Of {
    /// Of examples.
    Examples,
    /// Of pairs of a better and a worse response.
    Pairs,
}

/// What a line leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lead {
    /// The work for a gate.
    Gate(Of, Measure),
    /// What is behind a gauge.
    Gauge(Word),
    /// A question with yes or no for an answer.
    Question(Question),
    /// What an hour of work costs.
    Wage,
    /// Work that is left, by its place.
    Left(usize),
    /// What training costs, by the place of the price; the first where none is known.
    Cost(usize),
    /// Few examples for a prompt.
    Few,
}

/// A line.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// What it leads to.
    pub lead: Lead,
    /// What to make of it, in a word or two.
    pub verdict: String,
    /// How that is meant; `None` where nothing is made of it.
    pub tone: Option<Tone>,
    /// What it is about.
    pub name: String,
    /// All of it in a sentence.
    pub sentence: String,
    /// Whether it costs least to come nearer.
    pub is_next: bool,
}

/// Lines that belong together.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// Its heading.
    pub title: &'static str,
    /// What stands beside that; may be empty.
    pub beside: String,
    /// Its lines.
    pub items: Vec<Item>,
}

impl Section {
    fn new(title: &'static str, beside: impl Into<String>, items: Vec<Item>) -> Self {
        Self { title, beside: beside.into(), items }
    }
}

/// The line that costs least to come nearer; `None` where nothing stops that work helps.
pub fn first(assessed: &Assessed) -> Option<Lead> {
    let readiness = &assessed.page.readiness;
    let line = readiness.next.and_then(|next| readiness.lines.get(next.line))?;
    Some(Lead::Gate(Of::Examples, line.measure))
}

/// How the verdict is meant.
pub fn tone(advice: Advice) -> Tone {
    match advice {
        Advice::FineTune => Tone::Good,
        Advice::FixFirst => Tone::Bad,
        _ => Tone::Look,
    }
}

/// All lines of the page.
pub fn sections(assessed: &Assessed, shared: &Shared) -> Vec<Section> {
    let page = &assessed.page;
    let next = first(assessed);
    let gate = |of: Of, line: &readiness::Line| {
        let lead = Lead::Gate(of, line.measure);
        let tone = match line.outcome {
            Outcome::Met => Tone::Good,
            Outcome::Short if line.is_gate => Tone::Bad,
            Outcome::Short | Outcome::NotMeasured => Tone::Look,
        };
        Item {
            lead,
            verdict: line.outcome.told().to_owned(),
            tone: Some(tone),
            name: line.measure.title().to_owned(),
            sentence: line.sentence.clone(),
            is_next: next == Some(lead),
        }
    };
    let lines = |must: bool| {
        let lines = page.readiness.lines.iter().filter(move |line| line.is_gate == must);
        lines.map(|line| gate(Of::Examples, line)).collect::<Vec<_>>()
    };
    let mut sections = vec![
        Section::new("MUST BE", "before fine-tuning is worth it", lines(true)),
        Section::new("STOPS NOTHING", "but is worth a look", lines(false)),
    ];
    if let Some(pairs) = &page.pairs {
        let sign = if pairs.advice == PairAdvice::Prefer { "✓ " } else { "" };
        let items = pairs.lines.iter().map(|line| gate(Of::Pairs, line)).collect();
        sections.push(Section::new("PREFERENCES", format!("{sign}{}", pairs.sentence), items));
    }
    let says = "only quality says anything of the answers themselves";
    sections.push(Section::new("FOUR GAUGES", says, page.gauges.iter().map(gauge).collect()));
    sections.push(Section::new("ASKED OF YOU", "kept with the dataset", questions(assessed)));
    sections.push(Section::new("COSTS", prices(&assessed.prices), costs(assessed)));
    let few = Item {
        lead: Lead::Few,
        verdict: String::new(),
        tone: None,
        name: "few-shot".to_owned(),
        sentence: format!(
            "a few examples that stand for all, as text; other choices: goldset pick {}.goldset",
            shared.dataset
        ),
        is_next: false,
    };
    sections.push(Section::new("TODAY", "what helps without any training", vec![few]));
    sections
}

fn gauge(gauge: &Gauge) -> Item {
    let tone = match gauge.verdict() {
        "good" => Some(Tone::Good),
        "look" => Some(Tone::Look),
        "bad" => Some(Tone::Bad),
        _ => None,
    };
    let verdict = match gauge.verdict() {
        "" => "? not measured".to_owned(),
        word => format!("{word}  {}", gauge.shown()),
    };
    Item {
        lead: Lead::Gauge(gauge.word),
        verdict,
        tone,
        name: gauge.word.as_str().to_owned(),
        sentence: gauge.sentence.clone(),
        is_next: false,
    }
}

fn questions(assessed: &Assessed) -> Vec<Item> {
    let answers = &assessed.page.answers;
    let is_asked = |question: &Question| *question != Question::IsTuned || assessed.page.pairs.is_some();
    let question = |question: Question| Item {
        lead: Lead::Question(question),
        verdict: match answers.get(question) {
            Some(true) => "yes".to_owned(),
            Some(false) => "no".to_owned(),
            None => "? not answered".to_owned(),
        },
        tone: None,
        name: question.title().to_owned(),
        sentence: question.sentence().to_owned(),
        is_next: false,
    };
    let wage = Item {
        lead: Lead::Wage,
        verdict: answers.wage.map_or_else(|| "? not said".to_owned(), |wage| format!("{wage:.2}")),
        tone: None,
        name: "an hour".to_owned(),
        sentence: "what an hour of work costs".to_owned(),
        is_next: false,
    };
    Question::ALL.into_iter().filter(is_asked).map(question).chain([wage]).collect()
}

fn prices(from: &PricesFrom) -> String {
    match from {
        PricesFrom::BuiltIn => "prices are built in and unchecked: goldset cost --write-prices".to_owned(),
        PricesFrom::File(path) => format!("prices of {}", path.display()),
        PricesFrom::Unreadable(why) => format!("built-in prices, as your own can't be read: {why}"),
    }
}

fn costs(assessed: &Assessed) -> Vec<Item> {
    let (training, page) = (assessed.trained.training, &assessed.page);
    let about = if assessed.trained.is_about { "≈ " } else { "" };
    let trained =
        format!("{about}{} tokens of {}", thousands(training.tokens), plural(training.examples, "example"));
    let item = |lead, verdict, name: &str, sentence| Item {
        lead,
        verdict,
        tone: None,
        name: name.to_owned(),
        sentence,
        is_next: false,
    };
    let mut items: Vec<Item> = assessed
        .costs
        .iter()
        .enumerate()
        .map(|(at, (price, cost))| {
            let epochs = plural(cost.epochs, "epoch");
            let says = format!(
                "{} {}: {trained}, {epochs} at ${:.2} a million, as of {}",
                price.provider, price.model, price.per_million, price.noted
            );
            item(Lead::Cost(at), format!("about ${:.2}", cost.money), "training", says)
        })
        .collect();
    if items.is_empty() {
        let [low, high] = usual_range(training.billed());
        let says = format!("{trained}; no price is known, usually it is between these");
        items.push(item(Lead::Cost(0), format!("${low:.2} to ${high:.2}"), "training", says));
    }
    let left = |(at, left): (usize, &Left)| {
        let (verdict, says) = match left.known {
            _ if left.count == 0 => ("nothing left".to_owned(), "nothing waits".to_owned()),
            None => {
                ("? not known".to_owned(), format!("{} left; fewer than 5 were timed", thousands(left.count)))
            }
            Some(known) => {
                let wage = page.answers.wage.filter(|wage| *wage > 0.0);
                let money =
                    wage.map_or_else(String::new, |wage| format!(", {:.2} of wages", known.hours * wage));
                let says = format!(
                    "{} left, {:.1} an hour: {:.1} to {:.1} hours with chance{money}",
                    thousands(left.count),
                    known.per_hour,
                    known.band.low,
                    known.band.high
                );
                (format!("{:.1} hours", known.hours), says)
            }
        };
        item(Lead::Left(at), verdict, left.what, says)
    };
    items.extend(page.left.iter().enumerate().map(left));
    items
}
