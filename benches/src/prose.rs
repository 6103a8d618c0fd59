//! Words that plans are full of, in an order that looks random and is the same in every run.

/// Some of them are marked in Markdown, and some are what rules look for, as in public plans.
const ENGLISH: &[&str] = &[
    "room", "round", "vote", "guest", "host", "server", "client", "event", "socket", "reconnects", "standings", "song",
    "`server/src/votes.ts`", "**at most**", "FR-003", "PostgreSQL", "queue", "is", "are", "the", "the", "a", "with",
    "and", "of", "when", "keeps", "sends", "validates", "within", "300 ms", "pool", "retry", "backoff", "metrics",
    "before", "[research](research.md)", "existing", "screen", "phone", "each", "only", "one", "to", "from", "in",
    "so", "that", "ticket", "bench", "`ticket:called`", "waits", "shows", "counts", "for", "two", "instances", "an",
    "audit", "log", "per", "minute", "(p95)", "stays", "behind", "it", "no", "reload", "`zod`", "schema", "checks",
    "every", "name", "address", "on", "by", "as", "late",
];

/// The same for plans that are not written in English.
const CHINESE: &[&str] = &[
    "房间", "投票", "服务器", "客户端", "事件", "在", "每个", "主持人", "参与者", "手机", "显示", "之前", "的", "并且",
    "`server/src/votes.ts`", "**最多**", "PostgreSQL", "队列", "重新连接", "指标", "由", "检查", "保存", "两个实例",
    "FR-003", "不变", "之后", "数据库", "测试", "先写", "规则",
];

/// A source of words and numbers.
#[derive(Clone, Debug)]
pub(crate) struct Prose {
    state: u64,
    words: &'static [&'static str],
}

impl Prose {
    /// The source that `seed` stands for.
    pub(crate) fn of(seed: usize) -> Self {
        // The seed is spread over all bits; a state of zero would stay zero.
        let state = (seed as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let mut prose = Self { state, words: ENGLISH };
        prose.below(2);
        prose
    }

    /// The same source with Chinese words.
    pub(crate) fn in_chinese(mut self) -> Self {
        self.words = CHINESE;
        self
    }

    /// A number below `limit`, by xorshift.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        usize::try_from(self.state % limit.max(1) as u64).unwrap_or_default()
    }

    /// True once in `times`.
    pub(crate) fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// A few words.
    pub(crate) fn phrase(&mut self) -> String {
        let length = 2 + self.below(3);
        self.words(length)
    }

    /// A sentence without its full stop.
    pub(crate) fn sentence(&mut self) -> String {
        let length = 6 + self.below(14);
        self.words(length)
    }

    fn words(&mut self, length: usize) -> String {
        let words: Vec<&str> = (0..length).map(|_| self.words[self.below(self.words.len())]).collect();
        words.join(" ")
    }
}
