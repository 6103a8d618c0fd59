//! Literals that have the shape of a credential. What is found is never copied: a [`Credential`] holds
//! its kind and its place alone.

use plangate_core::Span;

/// A literal with the shape of a credential.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Credential {
    /// What it is, such as `an AWS access key id`.
    pub(crate) kind: &'static str,
    /// The secret itself, in bytes.
    pub(crate) span: Span,
}

/// A token that is known by its first letters.
struct Token {
    prefix: &'static str,
    kind: &'static str,
    /// How many characters follow the prefix, at least and at most.
    length: (usize, usize),
    alphabet: fn(u8) -> bool,
}

/// The formats are those of the vendors' own secret scanning documentation.
const TOKENS: &[Token] = &[
    Token { prefix: "AKIA", kind: "an AWS access key id", length: (16, 16), alphabet: is_upper_or_digit },
    Token { prefix: "ASIA", kind: "an AWS access key id", length: (16, 16), alphabet: is_upper_or_digit },
    Token { prefix: "AIza", kind: "a Google API key", length: (35, 35), alphabet: is_url_safe },
    Token { prefix: "GOCSPX-", kind: "a Google OAuth client secret", length: (28, 28), alphabet: is_url_safe },
    Token { prefix: "ghp_", kind: "a GitHub token", length: (36, 255), alphabet: is_alphanumeric },
    Token { prefix: "gho_", kind: "a GitHub token", length: (36, 255), alphabet: is_alphanumeric },
    Token { prefix: "ghu_", kind: "a GitHub token", length: (36, 255), alphabet: is_alphanumeric },
    Token { prefix: "ghs_", kind: "a GitHub token", length: (36, 255), alphabet: is_alphanumeric },
    Token { prefix: "ghr_", kind: "a GitHub token", length: (36, 255), alphabet: is_alphanumeric },
    Token { prefix: "github_pat_", kind: "a GitHub token", length: (40, 255), alphabet: is_word },
    Token { prefix: "glpat-", kind: "a GitLab token", length: (20, 64), alphabet: is_url_safe },
    Token { prefix: "xoxb-", kind: "a Slack token", length: (24, 255), alphabet: is_url_safe },
    Token { prefix: "xoxp-", kind: "a Slack token", length: (24, 255), alphabet: is_url_safe },
    Token { prefix: "xoxa-", kind: "a Slack token", length: (24, 255), alphabet: is_url_safe },
    Token { prefix: "xoxr-", kind: "a Slack token", length: (24, 255), alphabet: is_url_safe },
    Token { prefix: "xapp-", kind: "a Slack token", length: (24, 255), alphabet: is_url_safe },
    Token { prefix: "hooks.slack.com/services/", kind: "a Slack webhook", length: (40, 80), alphabet: is_path },
    Token { prefix: "sk_live_", kind: "a Stripe secret key", length: (16, 255), alphabet: is_alphanumeric },
    Token { prefix: "rk_live_", kind: "a Stripe restricted key", length: (16, 255), alphabet: is_alphanumeric },
    Token { prefix: "sk_test_", kind: "a Stripe secret key", length: (24, 255), alphabet: is_alphanumeric },
    Token { prefix: "whsec_", kind: "a Stripe webhook secret", length: (32, 255), alphabet: is_alphanumeric },
    Token { prefix: "sk-ant-api03-", kind: "an Anthropic API key", length: (80, 255), alphabet: is_url_safe },
    Token { prefix: "sk-proj-", kind: "an OpenAI API key", length: (40, 255), alphabet: is_url_safe },
    Token { prefix: "SG.", kind: "a SendGrid API key", length: (60, 80), alphabet: is_dotted },
    Token { prefix: "npm_", kind: "an npm token", length: (36, 36), alphabet: is_alphanumeric },
    Token { prefix: "pypi-AgEIcHlwaS5vcmc", kind: "a PyPI token", length: (50, 255), alphabet: is_url_safe },
    Token { prefix: "dop_v1_", kind: "a DigitalOcean token", length: (64, 64), alphabet: is_alphanumeric },
    Token { prefix: "hf_", kind: "a Hugging Face token", length: (34, 34), alphabet: is_alphanumeric },
    Token { prefix: "AccountKey=", kind: "an Azure storage key", length: (86, 88), alphabet: is_base64 },
    Token { prefix: "SharedAccessKey=", kind: "an Azure access key", length: (43, 44), alphabet: is_base64 },
];

/// What names the secret half of an AWS key, and the length of that half.
const AWS_SECRET: &str = "aws_secret_access_key";
const AWS_SECRET_LENGTH: usize = 40;

/// Every literal in `text` with the shape of a credential, in order. Linear in the text.
pub(crate) fn credentials(text: &str) -> Vec<Credential> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    for (at, (first, second)) in bytes.iter().zip(bytes.iter().skip(1)).enumerate() {
        if OPENINGS.hold(*first, *second) {
            found.extend(match (*first, *second) {
                (b'-', b'-') => private_key(text, at),
                (b':', b'/') => url_password(text, at),
                pair => token(text, at, pair).or_else(|| aws_secret(text, at)),
            });
        }
    }
    found.sort_by_key(|credential| credential.span);
    found.dedup_by(|next, known| known.span.encloses(next.span));
    found
}

/// The pairs of bytes that what a credential is known by begins with: at most places of a text none begins. Of
/// each byte the last six bits, a bit for each pair.
struct Openings([u64; 64]);

static OPENINGS: Openings = {
    let mut openings = Openings([0; 64]);
    let mut token = 0;
    while token < TOKENS.len() {
        let prefix = TOKENS[token].prefix.as_bytes();
        openings.add(prefix[0], prefix[1]);
        token += 1;
    }
    let name = AWS_SECRET.as_bytes();
    let (first, second) = (name[0], name[1]);
    openings.add(first, second);
    openings.add(first.to_ascii_uppercase(), second);
    openings.add(first, second.to_ascii_uppercase());
    openings.add(first.to_ascii_uppercase(), second.to_ascii_uppercase());
    openings.add(PRIVATE_KEY.as_bytes()[0], PRIVATE_KEY.as_bytes()[1]);
    openings.add(AUTHORITY.as_bytes()[0], AUTHORITY.as_bytes()[1]);
    openings
};

impl Openings {
    const fn add(&mut self, first: u8, second: u8) {
        self.0[(first & 63) as usize] |= 1 << (second & 63);
    }

    fn hold(&self, first: u8, second: u8) -> bool {
        self.0[usize::from(first & 63)] >> (second & 63) & 1 == 1
    }
}

/// Tokens are looked for where a word begins, so that each byte is met once.
fn token(text: &str, at: usize, (first, second): (u8, u8)) -> Option<Credential> {
    let bytes = text.as_bytes();
    let begins = at == 0 || !is_word(bytes[at - 1]) || bytes[at - 1] == b'_';
    let opens = |prefix: &[u8]| prefix[0] == first && prefix[1] == second;
    let mut known = TOKENS.iter().filter(|token| opens(token.prefix.as_bytes()));
    begins.then(|| known.find_map(|token| token.at(text, at))).flatten()
}

impl Token {
    fn at(&self, text: &str, at: usize) -> Option<Credential> {
        let rest = text.as_bytes()[at..].strip_prefix(self.prefix.as_bytes())?;
        let (least, most) = self.length;
        let length = rest.iter().take(most + 1).take_while(|byte| (self.alphabet)(**byte)).count();
        let start = at + self.prefix.len();
        let body = text.get(start..start + length)?;
        ((least..=most).contains(&length) && is_random(body))
            .then(|| Credential { kind: self.kind, span: Span::new(at, start + length) })
    }
}

fn aws_secret(text: &str, at: usize) -> Option<Credential> {
    let behind = at + AWS_SECRET.len();
    let name = text.as_bytes().get(at..behind)?;
    if !name.eq_ignore_ascii_case(AWS_SECRET.as_bytes()) {
        return None;
    }
    let gap = text[behind..].bytes().take(6).take_while(|byte| b"\"'`:= ".contains(byte)).count();
    let start = behind + gap;
    let length = text[start..].bytes().take(AWS_SECRET_LENGTH + 1).take_while(|byte| is_base64(*byte)).count();
    (gap > 0 && length == AWS_SECRET_LENGTH && is_random(&text[start..start + length]))
        .then(|| Credential { kind: "an AWS secret access key", span: Span::new(start, start + length) })
}

/// What a private key begins with.
const PRIVATE_KEY: &str = "-----BEGIN ";

/// `-----BEGIN … PRIVATE KEY-----` with a body: a header alone is how documents speak of keys.
fn private_key(text: &str, at: usize) -> Option<Credential> {
    const BODY: usize = 40;
    let behind = text[at..].strip_prefix(PRIVATE_KEY)?;
    let head: String = behind.chars().take(40).collect();
    let label = head.split("-----").next().filter(|label| label.len() < head.len())?;
    if !label.trim_end_matches(" BLOCK").ends_with("PRIVATE KEY") {
        return None;
    }
    let start = text.len() - behind.len() + label.len() + "-----".len();
    let rest = &text[start..];
    let end = rest.find("-----").unwrap_or(rest.len());
    let body: usize = rest[..end].bytes().filter(|byte| is_base64(*byte)).count();
    let written = rest[..end].replace("\\n", "");
    let is_key = body >= BODY && written.bytes().all(|byte| is_base64(byte) || b" \t\r\n\\\"',>".contains(&byte));
    is_key.then(|| Credential { kind: "a private key", span: Span::new(start, start + end) })
}

/// What stands between a URL's scheme and its user.
const AUTHORITY: &str = "://";

/// `scheme://user:password@host`, where the password is no placeholder and the host is nobody's own machine.
fn url_password(text: &str, at: usize) -> Option<Credential> {
    const LONGEST: usize = 256;
    let behind = text[at..].strip_prefix(AUTHORITY)?;
    let start = text.len() - behind.len();
    let ends = |c: char| c.is_whitespace() || matches!(c, '/' | '?' | '#' | '"' | '\'' | '`' | '|' | '\\');
    let length: usize = behind.chars().take(LONGEST).take_while(|c| !ends(*c)).map(char::len_utf8).sum();
    let authority = &behind[..length];
    let (user_info, host) = authority.rsplit_once('@')?;
    let (user, password) = user_info.split_once(':')?;
    if host.is_empty() || is_placeholder(password, user) || !is_shared(host, password) {
        return None;
    }
    let start = start + user.len() + 1;
    Some(Credential { kind: "a password in a URL", span: Span::new(start, start + password.len()) })
}

/// Passwords that stand for a password.
const PLACEHOLDERS: &[&str] = &[
    "pass", "password", "passwd", "passwort", "pwd", "pw", "passphrase", "secret", "secretpassword", "changeme",
    "change", "changeit", "example", "placeholder", "test", "testing", "testpass", "testpassword", "testpwd", "dev",
    "devpass", "devpassword", "development", "demo", "local", "localpass", "localpassword", "admin", "adminpass",
    "adminpassword", "root", "rootpass", "rootpassword", "guest", "postgres", "postgrespassword", "mysql", "mongo",
    "mongodb", "redis", "redispassword", "rabbitmq", "user", "userpass", "userpassword", "username", "token", "apikey",
    "key", "foo", "bar", "foobar", "none", "null", "empty", "redacted", "hidden", "masked", "dummy", "sample", "todo",
    "dbpass", "dbpassword", "dbpwd", "databasepassword", "strongpassword", "securepassword", "supersecret", "clave",
    "contraseña", "contrasena", "senha", "motdepasse", "geheim", "kennwort", "p", "x", "pss", "credentials",
];

fn is_placeholder(password: &str, user: &str) -> bool {
    const MARKS: [char; 13] = ['<', '>', '$', '{', '}', '[', ']', '%', '*', '…', '(', ')', '='];
    let letters: String = password.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    let first = password.chars().next();
    password.len() < 4
        || password.contains(MARKS)
        || password.contains("...")
        || password.eq_ignore_ascii_case(user)
        || password.chars().all(|c| Some(c) == first)
        || password.chars().all(|c| c.is_ascii_uppercase() || c == '_' || c == '-')
        || ["your", "my", "the", "some", "insert", "replace"].iter().any(|start| letters.starts_with(start))
        || PLACEHOLDERS.contains(&letters.as_str())
        || password.to_lowercase().contains("example")
}

/// Whether others can reach the host. A host without a dot is a service of a compose file, whose password is
/// a secret only if it was made to be one.
fn is_shared(host: &str, password: &str) -> bool {
    let name = host.split(':').next().unwrap_or(host).to_ascii_lowercase();
    let local = [
        "localhost", "127.", "0.0.0.0", "[", "host.docker.internal", "10.0.2.2", "example.", "<", "$", "{", "...",
        "host",
    ];
    if local.iter().any(|start| name.starts_with(start)) {
        return false;
    }
    let reserved = [".localhost", ".test", ".invalid", ".example", "example.com", "example.org", "example.net"];
    if reserved.iter().any(|end| name.ends_with(end)) {
        return false;
    }
    let has = |kind: fn(&char) -> bool| password.chars().any(|c| kind(&c));
    let strong = password.len() >= 12
        && has(char::is_ascii_uppercase)
        && has(char::is_ascii_lowercase)
        && has(char::is_ascii_digit);
    name.contains('.') || strong
}

/// What made-up keys hold; the last is the sample key of Stripe's documentation.
const MADE_UP: [&str; 10] =
    ["example", "xxxx", "your", "placeholder", "redacted", "dummy", "sample", "abcdef", "12345678", "4ec39hqlyjw"];

/// Whether a literal looks drawn by lot: not one letter repeated, not a word such as EXAMPLE, not `abc…`.
fn is_random(body: &str) -> bool {
    let lower = body.to_ascii_lowercase();
    let mut seen = [false; 256];
    body.bytes().for_each(|byte| seen[usize::from(byte)] = true);
    let distinct = seen.iter().filter(|seen| **seen).count();
    distinct >= 8 && body.bytes().any(|byte| byte.is_ascii_digit()) && !MADE_UP.iter().any(|word| lower.contains(word))
}

fn is_upper_or_digit(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit()
}

fn is_alphanumeric(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn is_url_safe(byte: u8) -> bool {
    is_word(byte) || byte == b'-'
}

fn is_dotted(byte: u8) -> bool {
    is_url_safe(byte) || byte == b'.'
}

fn is_path(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'/'
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The letters and digits of made-up secrets; joined at run time so that no scanner takes this file
    /// for a leak.
    const BODY: &str = "Zq7RtY2mKp9LwXc4Vb6NhJ3sDf8GaQ1eUi5oTzWrPxMkCyBv";

    fn kinds(text: &str) -> Vec<&'static str> {
        credentials(text).iter().map(|credential| credential.kind).collect()
    }

    #[test]
    fn tokens_are_found_by_their_shape() {
        let upper: String = BODY.to_ascii_uppercase();
        for (text, kind) in [
            (format!("key: AKIA{}", &upper[..16]), "an AWS access key id"),
            (format!("`AIza{}`", &BODY[..35]), "a Google API key"),
            (format!("GITHUB_TOKEN=ghp_{}", &BODY[..36]), "a GitHub token"),
            (format!("xoxb-{}", &BODY[..30]), "a Slack token"),
            (format!("\"sk_live_{}\"", &BODY[..24]), "a Stripe secret key"),
            (format!("AWS_SECRET_ACCESS_KEY = \"{}\"", &BODY[..40]), "an AWS secret access key"),
            (format!("AccountKey={BODY}{}==", &BODY[..38]), "an Azure storage key"),
            (format!("postgres://app:{}@db.acme.io:5432/app", &BODY[..10]), "a password in a URL"),
            ("redis://:hunter2x@cache.prod.acme.io".to_owned(), "a password in a URL"),
            (
                format!("-----BEGIN RSA PRIVATE KEY-----\n{BODY}\n{BODY}\n-----END RSA PRIVATE KEY-----"),
                "a private key",
            ),
        ] {
            assert_eq!(kinds(&text), [kind], "{text}");
        }
    }

    #[test]
    fn placeholders_are_no_credentials() {
        for text in [
            "postgres://user:pass@localhost:5432/app",
            "postgres://app:<password>@db.acme.io/app",
            "postgres://app:${DB_PASSWORD}@db.acme.io/app",
            "postgres://app:changeme@db.acme.io/app",
            "postgres://app:DB_PASSWORD@db.acme.io/app",
            "postgres://postgres:postgres@db:5432/app",
            "https://user:S3cretS3cretX@example.com",
            "mongodb://app:password123@mongo.acme.io",
            "AKIAIOSFODNN7EXAMPLE",
            "AKIAXXXXXXXXXXXXXXXX",
            "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            "sk_live_...",
            "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----",
            "a key begins with `-----BEGIN PRIVATE KEY-----`",
            "ssh://git@github.com/a/b",
            "http://localhost:3000/a@b",
            "see https://acme.io:8080 and mail a@b.io",
            "",
        ] {
            assert_eq!(kinds(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn the_span_is_the_secret() {
        let text = format!("postgres://app:{}@db.acme.io/app", &BODY[..10]);
        assert_eq!(credentials(&text)[0].span.text(&text), &BODY[..10]);
    }
}
