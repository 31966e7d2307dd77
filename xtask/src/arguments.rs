//! Words after `cargo xtask`: a command, then `--name` and `--name value` in any order.

use std::env;

use crate::Result;

/// What is left to read of the command line.
pub(crate) struct Arguments(Vec<String>);

impl Arguments {
    pub(crate) fn from_environment() -> Self {
        Self(env::args().skip(1).collect())
    }

    /// The first word.
    pub(crate) fn command(&mut self) -> Option<String> {
        (!self.0.is_empty()).then(|| self.0.remove(0))
    }

    /// Whether `--name` stands there.
    pub(crate) fn flag(&mut self, name: &str) -> bool {
        let before = self.0.len();
        self.0.retain(|word| word != name);
        self.0.len() < before
    }

    /// Every value of `--name value` or `--name=value`.
    pub(crate) fn values(&mut self, name: &str) -> Result<Vec<String>> {
        let mut values = Vec::new();
        let mut rest = Vec::new();
        let mut words = std::mem::take(&mut self.0).into_iter();
        while let Some(word) = words.next() {
            if word == name {
                let value = words
                    .next()
                    .ok_or_else(|| format!("{name} needs a value."))?;
                values.push(value);
            } else if let Some(value) = word
                .strip_prefix(name)
                .and_then(|tail| tail.strip_prefix('='))
            {
                values.push(value.to_owned());
            } else {
                rest.push(word);
            }
        }
        self.0 = rest;
        Ok(values)
    }

    /// Refuses what no one asked for.
    pub(crate) fn finish(self) -> Result<()> {
        if self.0.is_empty() {
            return Ok(());
        }
        Err(format!(
            "Not understood: {}. `cargo xtask help` lists what there is.",
            self.0.join(" ")
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::Arguments;

    fn arguments(line: &str) -> Arguments {
        Arguments(line.split_whitespace().map(str::to_owned).collect())
    }

    #[test]
    fn options_are_read_in_any_order_and_leftovers_refused() {
        let mut line = arguments("test --only tidy --list --only=size");
        assert_eq!(line.command().as_deref(), Some("test"));
        assert_eq!(
            line.values("--only"),
            Ok(vec!["tidy".into(), "size".into()])
        );
        assert!(line.flag("--list"));
        assert_eq!(line.finish(), Ok(()));

        let mut line = arguments("serve --prot 80");
        line.command();
        assert_eq!(line.values("--port"), Ok(vec![]));
        assert!(line.finish().is_err());
        assert!(arguments("--port").values("--port").is_err());
    }
}
