//! A curve of learning.

/// err(n) = a + b · n⁻ᶜ.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Curve {
    /// What no number of examples mends.
    pub a: f64,
    /// What examples mend.
    pub b: f64,
    /// How fast.
    pub c: f64,
}

impl Curve {
    /// The error with so many examples.
    pub fn at(self, examples: f64) -> f64 {
        self.a + self.b * examples.powf(-self.c)
    }

    /// With how many examples the error is so small: (b / (err − a))^(1/c). `None` where it never is.
    pub fn needed(self, error: f64) -> Option<f64> {
        if self.b <= 0.0 {
            return (error >= self.a).then_some(1.0);
        }
        (error > self.a).then(|| (self.b / (error - self.a)).powf(1.0 / self.c))
    }

    /// How many times as many examples halve what examples mend: 2^(1/c).
    pub fn to_halve(self) -> f64 {
        2_f64.powf(1.0 / self.c)
    }

    /// What it says.
    pub fn told(self) -> String {
        if self.b <= 0.0 {
            return "more examples change nothing so far".to_owned();
        }
        let floor = self.a * 100.0;
        format!(
            "{floor:.1} % stay wrong however many there are; {:.1} times as many halve the rest",
            self.to_halve()
        )
    }
}
