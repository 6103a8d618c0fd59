//! Principle I, Real-time First: who needs live state says so, plans an event for each change, and
//! tracks who is connected.

use plangate_core::declare_principle;
use plangate_core::document::{ContractKind, RequirementKind};
use plangate_core::evidence::{Evidence, Indicators, Missing, Proof, QuestionContext};
use plangate_core::judgement::Claim;

use crate::answered;
use crate::passage::{Clause, Passage};

declare_principle! {
    /// Live state is synchronised over events, and connections are tracked.
    pub REAL_TIME_FIRST = "I" "Real-time First", statuses: [Pass, Attention, NotApplicable];

    /// ## What it finds
    /// A plan that says that it needs no real-time synchronisation, while its Summary or a functional requirement adds a real-time channel.
    ///
    /// Naming a channel is nothing: "the existing Socket.IO connection stays as it is" is no need. What
    /// counts is a plan to add, introduce, emit, stream or push with WebSocket, Socket.IO, server-sent
    /// events, SignalR, WebRTC, MQTT and the like.
    ///
    /// ## Why it matters
    /// The answer opens the questions about events and connections. A wrong "no" closes them, and
    /// nobody plans what happens when a client loses its connection.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    ///
    /// **I. Real-time First** N/A
    /// - Does this feature require real-time state synchronization? **No** - a plain page
    ///
    /// ## Summary
    ///
    /// Add a WebSocket endpoint that tells every client when an auction ends.
    /// ```
    ///
    /// ```md
    /// ## Constitution Check
    ///
    /// **I. Real-time First** N/A
    /// - Does this feature require real-time state synchronization? **No** - a plain page
    ///
    /// ## Summary
    ///
    /// Show the auctions of last week as a table. The existing WebSocket endpoint is not touched.
    /// ```
    question "MVP101" "undeclared-real-time-need" = Scope
        "Does this feature require real-time state synchronization?",
        indicators: Indicators::terms(&[
            "real-time", "realtime", "live update", "websocket", "socket.io", "server-sent event", "SSE", "SignalR",
            "WebRTC", "MQTT", "EventSource", "ActionCable", "Phoenix Channels", "GraphQL subscription", "long polling",
            "broadcast", "push notification", "pub/sub", "change stream",
        ])
        .dependencies(&[
            "ws", "socket.io", "socket.io-client", "@nestjs/websockets", "@fastify/websocket", "sockjs*", "uwebsockets*",
            "pusher*", "ably", "mqtt*", "@microsoft/signalr", "Microsoft.AspNetCore.SignalR*", "channels", "websockets",
            "python-socketio", "flask-socketio", "sse-starlette", "tokio-tungstenite", "tungstenite",
            "github.com/gorilla/websocket", "nhooyr.io/websocket", "github.com/coder/websocket", "actioncable",
            "spring-boot-starter-websocket", "web_socket_channel", "phoenix_pubsub", "cboden/ratchet",
        ]),
        proof: undeclared_real_time_need;

    /// ## What it finds
    /// A real-time feature that claims an event for every change of state, and has no event contract and no word of events anywhere.
    ///
    /// ## Why it matters
    /// State that changes without an event is stale on every other screen until somebody reloads.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    ///
    /// **I. Real-time First** ✅
    /// - Does this feature require real-time state synchronization? **Yes** - bids appear on every screen
    /// - If yes, are WebSocket events planned for all state changes? **No** - closing an auction sends nothing
    /// ```
    ///
    /// ```md
    /// ## Constitution Check
    ///
    /// **I. Real-time First** ✅
    /// - Does this feature require real-time state synchronization? **Yes** - bids appear on every screen
    /// - If yes, are WebSocket events planned for all state changes? **Yes** - bid placed, auction closed
    /// ```
    ///
    /// ```md,file=contracts/websocket-events.md
    /// # WebSocket events
    ///
    /// ## bid-placed
    ///
    /// ## auction-closed
    /// ```
    question "MVP102" "state-change-without-event" = Duty
        "If yes, are WebSocket events planned for all state changes?",
        if: "MVP101",
        indicators: Indicators::terms(&["websocket event", "socket event", "socket.io event", "server-sent event", "asyncapi", "event contract", "event name", "event payload", "event schema", "emit", "broadcast", "websocket subscription", "graphql subscription", "signalr hub", "data channel", "push update", "state change event", "websocket message"])
        .files(&[
            "**/contracts/*event*", "**/contracts/*socket*", "**/asyncapi*", "**/sockets/**", "**/websocket*/**",
            "**/*emitter*", "**/*broadcast*", "**/hubs/**", "**/*Hub.cs", "**/consumers.py", "**/channels/**",
        ]),
        proof: state_change_without_event;

    /// ## What it finds
    /// A real-time feature that claims to track connections, and says nowhere what happens when one opens, breaks or comes back.
    ///
    /// ## Why it matters
    /// Connections break all the time. Without these events ghosts stay in the room, and a client that
    /// returns sees an old state.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    ///
    /// **I. Real-time First** ✅
    /// - Does this feature require real-time state synchronization? **Yes** - bids appear on every screen
    /// - Are connection/disconnection events tracked? **No** - not yet
    /// ```
    ///
    /// ```md
    /// ## Constitution Check
    ///
    /// **I. Real-time First** ✅
    /// - Does this feature require real-time state synchronization? **Yes** - bids appear on every screen
    /// - Are connection/disconnection events tracked? **Yes** - FR-004 removes a bidder who disconnects
    /// ```
    ///
    /// ```md,file=spec.md
    /// ## Requirements
    ///
    /// - **FR-004**: System MUST mark a bidder as away when the connection breaks, and restore it on reconnect
    /// ```
    question "MVP103" "untracked-connection" = Duty
        "Are connection/disconnection events tracked?",
        if: "MVP101",
        indicators: Indicators::terms(&["connection event", "connect event", "on connect", "disconnect", "disconnected", "disconnection", "reconnect", "reconnection", "connection lost", "connection loss", "lost connection", "connection state", "connection status", "connection drop", "dropped connection", "connection close", "connection lifecycle", "presence", "heartbeat", "keepalive", "keep-alive", "ping/pong", "ping timeout", "stale connection", "last will", "OnDisconnectedAsync", "ice connection state", "goes offline", "comes online"])
        .files(&["**/*disconnect*", "**/*reconnect*", "**/*presence*", "**/*heartbeat*", "**/*connection*"]);
}

/// Names of channels, each as its words.
const CHANNELS: &[&[&str]] = &[
    &["websocket"],
    &["web", "socket"],
    &["socket.io"],
    &["sse"],
    &["server", "sent", "event"],
    &["eventsource"],
    &["signalr"],
    &["webrtc"],
    &["mqtt"],
    &["actioncable"],
    &["action", "cable"],
    &["phoenix", "channel"],
    &["graphql", "subscription"],
];

/// Verbs that make a channel: base, third person, gerund.
const MAKING: &[[&str; 3]] = &[
    ["add", "adds", "adding"],
    ["introduce", "introduces", "introducing"],
    ["implement", "implements", "implementing"],
    ["create", "creates", "creating"],
    ["build", "builds", "building"],
    ["expose", "exposes", "exposing"],
    ["establish", "establishes", "establishing"],
    ["open", "opens", "opening"],
    ["provide", "provides", "providing"],
    ["integrate", "integrates", "integrating"],
    ["adopt", "adopts", "adopting"],
    ["use", "uses", "using"],
];

/// Verbs that move the product to a channel.
const MOVING: &[[&str; 3]] = &[
    ["replace", "replaces", "replacing"],
    ["switch", "switches", "switching"],
    ["migrate", "migrates", "migrating"],
    ["move", "moves", "moving"],
];

/// Verbs that send something over a channel.
const SENDING: &[[&str; 3]] = &[
    ["emit", "emits", "emitting"],
    ["stream", "streams", "streaming"],
    ["push", "pushes", "pushing"],
    ["broadcast", "broadcasts", "broadcasting"],
    ["send", "sends", "sending"],
    ["deliver", "delivers", "delivering"],
    ["publish", "publishes", "publishing"],
    ["propagate", "propagates", "propagating"],
    ["transmit", "transmits", "transmitting"],
    ["notify", "notifies", "notifying"],
    ["synchronize", "synchronizes", "synchronizing"],
    ["synchronise", "synchronises", "synchronising"],
    ["sync", "syncs", "syncing"],
    ["communicate", "communicates", "communicating"],
];

/// Verbs that let people do something; only with "via" and its like.
const LETTING: &[[&str; 3]] =
    &[["enable", "enables", "enabling"], ["allow", "allows", "allowing"], ["let", "lets", "letting"]];

/// Words before a base form that make it a verb.
const AUXILIARIES: &[&str] =
    &["must", "shall", "should", "will", "to", "and", "can", "may", "would", "needs", "we", "then"];

const PREPOSITIONS: &[&str] = &[
    "to", "in", "for", "of", "from", "around", "on", "at", "into", "with", "via", "over", "through", "by", "against",
    "about", "under", "between",
];

const BY_WAY_OF: &[&str] = &["via", "over", "through", "using", "with", "by", "on"];

const ARTICLES: &[&str] =
    &["a", "an", "the", "new", "one", "real", "time", "live", "secure", "persistent", "dedicated"];

/// What makes "… via WebSocket" a matter of live state.
const LIVE: &[&str] = &[
    "live", "realtime", "real", "update", "updates", "event", "events", "notification", "notifications", "sync",
    "synchronization", "streaming", "stream", "push", "broadcast", "chat", "presence", "message", "messages",
    "messaging", "collaboration",
];

/// Nouns behind a channel's name that make it an adjective of something harmless.
const ABOUT_IT: &[&str] = &[
    "test", "tests", "testing", "mock", "mocks", "mocking", "fixture", "fixtures", "documentation", "docs", "doc",
    "comment", "comments", "lint", "linting", "log", "logs", "logging", "metric", "metrics", "monitoring", "type",
    "types", "typing", "typings", "error", "errors", "bug", "issue", "issues", "regression", "coverage", "timeout",
    "timeouts", "version", "upgrade", "dependency", "dependencies", "package", "library", "libraries", "diagram",
    "example", "examples", "name", "names", "naming", "polyfill",
];

/// Nouns that may stand between a channel's name and what it is about.
const PARTS: &[&str] = &[
    "client", "server", "connection", "connections", "event", "events", "endpoint", "channel", "handler", "handlers",
    "message", "messages", "based",
];

/// Words of a Summary that repairs or tidies: its plain statements describe what is.
const REPAIRING: &[&str] = &[
    "fix", "fixes", "fixing", "bug", "bugfix", "error", "errors", "mismatch", "regression", "refactor", "refactoring",
    "cleanup", "lint", "linting", "migrate", "migration", "upgrade", "documentation", "failing", "fails", "broken",
    "incorrect", "incorrectly", "typo", "rename",
];

/// Neither the Summary nor a functional requirement adds a real-time channel.
fn undeclared_real_time_need(cx: &QuestionContext<'_>) -> Result<Proof, Missing> {
    let Some(answer) = answered::no(cx) else { return Ok(Proof::silent()) };
    // "No: the existing channel is unchanged" may well describe a requirement that states how the
    // product behaves anyway; only a plan to make a channel is beyond doubt.
    let only_making = answer.claim != Claim::Planned;
    let mut found = Vec::new();
    if let Some(summary) = &cx.plan().summary {
        let clauses = Passage::new(cx.feature.plan_document(), &summary.text, summary.span).clauses();
        let repairing = clauses.iter().any(|clause| clause.has(REPAIRING));
        for (clause, channel) in added_channels(&clauses, Describing(!repairing), only_making) {
            let note = format!("the Summary plans {}", quoted(clause, &channel));
            found.push(Evidence::contradicts(cx.in_plan(clause.span(channel)), note));
        }
    }
    let spec = match cx.feature.spec() {
        Ok(spec) => spec,
        Err(missing) if found.is_empty() => return Err(missing),
        Err(_) => return Ok(answered::contradicted_by(found)),
    };
    for requirement in spec.requirements.iter().filter(|known| known.kind == RequirementKind::Functional) {
        let clauses = Passage::new(spec.document, &requirement.text, requirement.span).clauses();
        if let Some((clause, channel)) = added_channels(&clauses, Describing(false), only_making).into_iter().next() {
            let note = format!("{} demands {}", requirement.id, quoted(clause, &channel));
            found.push(Evidence::contradicts(spec.place(clause.span(channel)), note));
        }
    }
    Ok(answered::contradicted_by(found))
}

/// Whether plain statements ("it streams prices over SSE") describe what the feature adds.
#[derive(Clone, Copy)]
struct Describing(bool);

/// The clauses that add or change a channel, each with the words from verb to channel.
fn added_channels(
    clauses: &[Clause],
    describing: Describing,
    only_making: bool,
) -> Vec<(&Clause, std::ops::Range<usize>)> {
    clauses
        .iter()
        .filter(|clause| !clause.denies() && !clause.speaks_of_standing())
        .filter_map(|clause| {
            let channel = CHANNELS.iter().filter_map(|name| clause.find(name)).min_by_key(|range| range.start)?;
            if is_about_something_else(clause, channel.end) {
                return None;
            }
            let describing = describing.0 && !clause.relative;
            let verb = (0..channel.start).rev().find(|verb| {
                let adds = |verbs: &[[&str; 3]]| is_verb(clause, *verb, verbs, describing);
                (adds(MAKING) && makes(clause, *verb, channel.start))
                    || (adds(MOVING) && moves_to(clause, *verb, channel.start))
                    || (!only_making && adds(SENDING) && sends(clause, *verb, channel.start))
                    || (!only_making && adds(LETTING) && by_way_of(clause, channel.start))
            })?;
            Some((clause, verb..channel.end))
        })
        .collect()
}

fn is_verb(clause: &Clause, at: usize, verbs: &[[&str; 3]], describing: bool) -> bool {
    let word = clause.words[at].text.as_str();
    verbs.iter().any(|[base, third, gerund]| {
        let follows = |words: &[&str]| {
            at.checked_sub(1).is_some_and(|before| words.contains(&clause.words[before].text.as_str()))
        };
        (word == *base && (at == 0 || follows(AUXILIARIES)))
            || (word == *third && describing)
            || (word == *gerund && (describing || at == 0 || follows(&["by", "requires", "means", "includes"])))
    })
}

/// "Add a WebSocket endpoint", or "add live updates via WebSocket".
fn makes(clause: &Clause, verb: usize, channel: usize) -> bool {
    let between = words(clause, verb + 1..channel);
    let direct = between.len() <= 4 && !between.iter().any(|word| PREPOSITIONS.contains(word));
    direct || (by_way_of(clause, channel) && between.len() <= 12 && between.iter().any(|word| LIVE.contains(word)))
}

/// "Replace polling with WebSocket", "switch to server-sent events".
fn moves_to(clause: &Clause, verb: usize, channel: usize) -> bool {
    let before = words(clause, verb + 1..channel);
    let introduced = before.iter().rev().find(|word| !ARTICLES.contains(word));
    introduced.is_some_and(|word| matches!(*word, "with" | "to" | "by"))
}

/// "Emit Socket.IO events", "push every bid to all clients over WebSocket".
fn sends(clause: &Clause, verb: usize, channel: usize) -> bool {
    let between = words(clause, verb + 1..channel);
    let direct = between.len() <= 2 && !between.iter().any(|word| PREPOSITIONS.contains(word));
    direct || (by_way_of(clause, channel) && between.len() <= 16)
}

fn by_way_of(clause: &Clause, channel: usize) -> bool {
    words(clause, 0..channel)
        .iter()
        .rev()
        .find(|word| !ARTICLES.contains(word))
        .is_some_and(|word| BY_WAY_OF.contains(word))
}

/// "WebSocket tests", "Socket.io client logging".
fn is_about_something_else(clause: &Clause, behind: usize) -> bool {
    words(clause, behind..clause.words.len())
        .iter()
        .find(|word| !PARTS.contains(word))
        .is_some_and(|word| ABOUT_IT.contains(word))
}

fn words(clause: &Clause, range: std::ops::Range<usize>) -> Vec<&str> {
    clause.words[range].iter().map(|word| word.text.as_str()).collect()
}

fn quoted(clause: &Clause, range: &std::ops::Range<usize>) -> String {
    format!("\"{}\"", words(clause, range.clone()).join(" "))
}

/// An event contract is the best proof; words about events are left to the indicators.
fn state_change_without_event(cx: &QuestionContext<'_>) -> Result<Proof, Missing> {
    if answered::yes(cx).is_none() {
        return Ok(Proof::silent());
    }
    let contracts = cx.feature.contracts()?;
    let Some(contract) = contracts.iter().find(|contract| contract.kind == ContractKind::Events) else {
        return Ok(Proof::silent());
    };
    let first = contract.operations.first();
    let note = match first {
        Some(operation) => format!("an event contract that defines `{}`", operation.name),
        None => "an event contract".to_owned(),
    };
    Ok(Proof::supports(contract.place(first.map(|operation| operation.span).unwrap_or_default()), note))
}

#[cfg(test)]
mod tests {
    use plangate_core::Feature;
    use plangate_core::document::{Requirement, Spec};
    use plangate_core::plan::Verdict;

    use super::*;
    use crate::asking::{Asked, contradictions, folded};

    fn channels(text: &str, describing: bool) -> bool {
        !added_channels(&folded(text), Describing(describing), false).is_empty()
    }

    #[test]
    fn a_plan_to_add_or_use_a_channel_counts() {
        for text in [
            "Add a WebSocket endpoint for bids",
            "We will introduce server-sent events",
            "System MUST push every bid to all clients over WebSocket",
            "System MUST emit Socket.IO events when a bid is placed",
            "Replace polling with a WebSocket connection",
            "The page will stream prices via SSE",
            "Implement live updates using SignalR",
            "System MUST broadcast results through a new WebSocket channel",
        ] {
            assert!(channels(text, false), "{text}");
        }
    }

    #[test]
    fn a_mere_mention_is_nothing() {
        for text in [
            "Fix the handler for the WebSocket connection",
            "The existing WebSocket endpoint keeps its events",
            "Must maintain compatibility with the existing Socket.io integration",
            "No WebSocket is added",
            "Add WebSocket tests",
            "Add Socket.io client mocks to the test setup",
            "Add a button that closes the dialog when the WebSocket drops",
            "System MUST log WebSocket errors",
            "The room code MUST be used to join the Socket.io room",
            "The backend emits vote-update events over Socket.io",
            "Document contracts/websocket-events.md",
            "Replace the WebSocket with polling",
            "Add validation to components connected via WebSocket",
            "Push the image to the registry",
            "System MUST continue to push updates via WebSocket",
            "Add CSV export instead of a WebSocket feed",
        ] {
            assert!(!channels(text, false), "{text}");
        }
    }

    #[test]
    fn a_summary_that_builds_something_describes_it() {
        let text = "A voting application enabling hosts to open polls and audiences to vote via WebSocket-based synchronization";
        assert!(channels(text, true));
        assert!(!channels(text, false));
        assert!(!channels("A table of results that the dashboard receives, which streams over SSE", true));
    }

    #[test]
    fn a_requirement_contradicts_a_no_and_nothing_else() {
        let mut requirement = Requirement::default();
        requirement.id = "FR-003".to_owned();
        requirement.text = "System MUST push bids to all clients over WebSocket".to_owned();
        let mut spec = Spec::default();
        spec.requirements.push(requirement);
        let feature =
            Asked::with_spec(Feature::builder().plan("# Implementation Plan: Bids\n").spec("x").build(), spec);
        let found = contradictions(&feature, &REAL_TIME_FIRST, "MVP101", Verdict::No, "a plain page");
        assert_eq!(found, ["FR-003 demands \"push bids to all clients over websocket\""]);
        assert!(contradictions(&feature, &REAL_TIME_FIRST, "MVP101", Verdict::Yes, "bids").is_empty());
        assert!(contradictions(&feature, &REAL_TIME_FIRST, "MVP101", Verdict::NotApplicable, "").is_empty());
    }
}
