//! The counter: a model's vocabulary and form, ready to count.

use std::path::Path;

use super::{form, openai};
use crate::example::{ChatForm, Example, Message, Model, Prompt, Vocabulary};
use crate::text::tokens::{Count, Tokenizer, TokenizerError};

/// From so many percent of the limit on, it is near.
const NEAR: u64 = 90;

/// The tokens of an example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The prompt, up to where the answer begins: what the model is handed.
    pub prompt: u64,
    /// Each response with what closes it, in the order of the responses.
    pub responses: Vec<u64>,
    /// The prompt and the longest response: what the trainer is handed at most.
    pub conversation: u64,
    /// Whether that is what the reference counts; where not, say “about”.
    pub exact: bool,
}

/// How a conversation stands to the limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It fits, or there is no limit.
    Fits,
    /// It fits, with less than a tenth to spare.
    Near,
    /// It has so many tokens too many: the trainer cuts its end off, or refuses it.
    Over(u64),
}

impl Counted {
    /// How the conversation stands to a limit.
    pub fn standing(&self, limit: Option<u64>) -> Standing {
        let Some(limit) = limit else { return Standing::Fits };
        if self.conversation > limit {
            Standing::Over(self.conversation - limit)
        } else if self.conversation.saturating_mul(100) >= limit.saturating_mul(NEAR) {
            Standing::Near
        } else {
            Standing::Fits
        }
    }
}

/// Counts tokens as a model does. Cheap to clone and to send to a thread; loading one takes up to a
/// second and may read a file, counting takes up to some tens of milliseconds: none of it is for
/// the screen's thread.
#[derive(Debug, Clone)]
pub struct Counter {
    tokenizer: Tokenizer,
    form: ChatForm,
    /// What the cookbook counts for the frame of a function; it differs by vocabulary.
    per_function: u64,
    known: bool,
    source: String,
    limit: Option<u64>,
    problem: Option<String>,
}

impl Counter {
    /// The counter of a model, or, where none is chosen, of `o200k` and the texts alone. Relative
    /// paths begin at `base`: the dataset's folder.
    pub fn load(model: Option<&Model>, base: &Path) -> Result<Self, TokenizerError> {
        let Some(model) = model else { return Ok(Self::fallback()) };
        let (tokenizer, per_function, mut source) = match &model.vocabulary {
            Vocabulary::O200k => (Tokenizer::o200k(), openai::PER_FUNCTION_O200K, "o200k_base".to_owned()),
            Vocabulary::Cl100k => {
                (Tokenizer::cl100k(), openai::PER_FUNCTION_CL100K, "cl100k_base".to_owned())
            }
            Vocabulary::File(path) => {
                (Tokenizer::file(&base.join(path))?, openai::PER_FUNCTION_O200K, path.clone())
            }
        };
        if model.stands_in {
            source.push_str(", which stands in for the model's own");
        }
        Ok(Self {
            tokenizer,
            form: model.form,
            per_function,
            known: !model.stands_in,
            source,
            limit: model.limit,
            problem: None,
        })
    }

    /// The same, but where the model's vocabulary can't be loaded, `o200k` stands in for it and
    /// [`Counter::problem`] says why.
    pub fn for_model(model: Option<&Model>, base: &Path) -> Self {
        Self::load(model, base).unwrap_or_else(|error| Self {
            problem: Some(error.to_string()),
            limit: model.and_then(|model| model.limit),
            ..Self::fallback()
        })
    }

    fn fallback() -> Self {
        Self {
            tokenizer: Tokenizer::o200k(),
            form: ChatForm::Plain,
            per_function: openai::PER_FUNCTION_O200K,
            known: false,
            source: "o200k_base".to_owned(),
            limit: None,
            problem: None,
        }
    }

    /// Where counts come from, in a few words.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The most tokens that a conversation may have.
    pub const fn limit(&self) -> Option<u64> {
        self.limit
    }

    /// Why the model's own vocabulary is not used, where it could not be loaded.
    pub fn problem(&self) -> Option<&str> {
        self.problem.as_deref()
    }

    /// Whether the vocabulary has the markers of the form as special tokens; where not, no
    /// conversation counts exactly.
    pub fn knows_the_form(&self) -> bool {
        form::is_known(self.form, &self.tokenizer)
    }

    /// The tokens of a text by itself.
    pub fn text(&self, text: &str) -> Count {
        let count = self.tokenizer.count(text);
        Count { exact: count.exact && self.known, ..count }
    }

    /// The tokens of an example.
    pub fn example(&self, example: &Example) -> Counted {
        self.conversation(
            &example.prompt,
            example.responses.iter().map(|response| response.messages.as_slice()),
        )
    }

    /// The tokens of a prompt and of the responses to it.
    pub fn conversation<'a>(
        &self,
        prompt: &Prompt,
        responses: impl IntoIterator<Item = &'a [Message]>,
    ) -> Counted {
        let asked = self.prompt(prompt);
        let mut counted = Counted {
            prompt: asked.tokens,
            responses: Vec::new(),
            conversation: asked.tokens,
            exact: asked.exact,
        };
        for response in responses {
            let count = self.response(prompt, asked, response);
            counted.responses.push(count.tokens);
            counted.conversation = counted.conversation.max(asked.tokens.saturating_add(count.tokens));
            counted.exact &= count.exact;
        }
        counted.exact &= self.known;
        counted
    }

    fn prompt(&self, prompt: &Prompt) -> Count {
        match self.form {
            ChatForm::OpenAi => openai::prompt(&self.tokenizer, self.per_function, prompt),
            form => form::write(form, &self.tokenizer, prompt, None).count(&self.tokenizer),
        }
    }

    /// What the response adds to the prompt.
    fn response(&self, prompt: &Prompt, asked: Count, response: &[Message]) -> Count {
        match self.form {
            ChatForm::OpenAi => openai::messages(&self.tokenizer, response),
            // The prompt's text would be counted again for nothing.
            ChatForm::Plain => form::plain(response).count(&self.tokenizer),
            form => {
                let whole = form::write(form, &self.tokenizer, prompt, Some(response)).count(&self.tokenizer);
                Count { tokens: whole.tokens.saturating_sub(asked.tokens), exact: whole.exact }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::{Kind, Response, Role};

    fn model(form: ChatForm, limit: Option<u64>) -> Model {
        Model { name: "m".to_owned(), vocabulary: Vocabulary::O200k, stands_in: false, form, limit }
    }

    fn example() -> Example {
        let mut example = Example::new(Kind::Sft, Prompt::user("Where is my parcel?"));
        example.prompt.messages.insert(0, Message::new(Role::System, "Be brief."));
        example.responses =
            vec![Response::new(None, "On its way."), Response::new(None, "It comes on Tuesday.")];
        example
    }

    /// By the cookbook's function, with tiktoken 0.14.0 (o200k): the prompt alone, and the prompt
    /// with either response, less the three for an answer that both have once.
    #[test]
    fn openai_counts_as_the_cookbook_does() {
        let counter = Counter::load(Some(&model(ChatForm::OpenAi, None)), Path::new(".")).unwrap();
        let seen = counter.example(&example());
        assert_eq!(seen, Counted { prompt: 19, responses: vec![8, 9], conversation: 28, exact: true },);
    }

    #[test]
    fn texts_alone_are_the_sum_of_their_tokens() {
        let counter = Counter::load(Some(&model(ChatForm::Plain, None)), Path::new(".")).unwrap();
        let seen = counter.example(&example());
        let text = |text| counter.text(text).tokens;
        assert_eq!(seen.prompt, text("Be brief.") + text("Where is my parcel?"));
        assert_eq!(seen.responses, [text("On its way."), text("It comes on Tuesday.")]);
        assert_eq!(seen.conversation, seen.prompt + text("It comes on Tuesday."));
        assert!(seen.exact);
    }

    #[test]
    fn without_a_model_counts_are_about() {
        let counter = Counter::for_model(None, Path::new("."));
        assert!(!counter.example(&example()).exact && !counter.text("a").exact);
        assert_eq!((counter.limit(), counter.problem()), (None, None));
    }

    #[test]
    fn a_vocabulary_that_is_gone_is_told_and_replaced() {
        let gone = Model {
            vocabulary: Vocabulary::File("gone.json".to_owned()),
            ..model(ChatForm::ChatMl, Some(9))
        };
        let folder = tempfile::tempdir().unwrap();
        let error = Counter::load(Some(&gone), folder.path()).unwrap_err().to_string();
        assert!(error.contains("gone.json"), "{error}");
        let counter = Counter::for_model(Some(&gone), folder.path());
        assert_eq!((counter.problem(), counter.limit()), (Some(error.as_str()), Some(9)));
        assert!(!counter.text("a").exact);
    }

    #[test]
    fn the_limit_shows_before_it_is_passed() {
        let counted = |conversation| Counted { prompt: 0, responses: Vec::new(), conversation, exact: true };
        assert_eq!(counted(899).standing(Some(1_000)), Standing::Fits);
        assert_eq!(counted(900).standing(Some(1_000)), Standing::Near);
        assert_eq!(counted(1_000).standing(Some(1_000)), Standing::Near);
        assert_eq!(counted(1_001).standing(Some(1_000)), Standing::Over(1));
        assert_eq!(counted(u64::MAX).standing(None), Standing::Fits);
    }
}
