//! The words by which headings, labels and sentences of a check are told apart, in the languages
//! that plans are written in. Everything here looks at lower-cased text.

use crate::matching::contains_any;
use crate::parse::status;
use crate::plan::{Stage, Status};

const CONSTITUTION: &[&str] = &[
    "constitution", "constitución", "constitucion", "constituição", "konstytucj", "verfassung", "конституци", "憲章",
    "憲法", "宪法", "宪章", "헌법", "헌장", "準則檢查", "准则检查",
];

const CHECK: &[&str] = &[
    "check", "gate", "complian", "alignment", "review", "evaluat", "validation", "verif", "principles", "assessment",
    "revisión", "verificación", "cumplimiento", "conformidad", "comprobación", "evaluación", "verificação",
    "conformité", "vérification", "prüfung", "sprawdz", "zgodność", "zgodnosc", "weryfikacja", "проверка",
    "соответстви", "チェック", "確認", "檢查", "检查", "合规", "合規", "準拠", "审查", "審查", "检验", "準則檢查",
    "준수", "검토", "점검", "확인", "체크",
];

const RECHECK: &[&str] = &[
    "post-design", "post design", "post-phase", "post phase", "re-check", "recheck", "re check", "re-evaluat",
    "reevaluat", "re-validation", "revalidation", "re-verification", "after design", "after phase 1", "post-research",
    "post-diseño", "tras diseño", "tras phase", "tras fase", "post-fase", "re-verificación", "re-evaluación",
    "reevaluación", "pós-design", "pos-design", "pós-fase", "reavaliação", "re-verificação", "après conception",
    "post-conception", "ré-évaluation", "nach dem design", "nach phase", "erneute prüfung", "po projekt", "po fazie",
    "ponowna", "после проектирования", "повторная", "設計後", "设计后", "再チェック", "再確認", "再評価", "再檢查",
    "再检查", "複查", "复查", "复检", "重新檢查", "设计阶段后", "재검", "설계 후", "재확인", "재평가",
];

const BEFORE: &[&str] = &[
    "pre-phase", "pre phase", "before phase", "pre-design", "pre design", "pre-research", "pre research", "initial",
    "phase 0", "before research", "inicial", "initiale", "設計前", "设计前", "初始", "初回", "초기", "설계 전",
    "fase 0", "pre-implementation",
];

const VERDICT: &[&str] = &[
    "overall", "gate result", "gate status", "gate verdict", "gate evaluation", "gate decision", "gate outcome",
    "gate check", "gate assessment", "gate summary", "gate:", "result", "verdict", "conclusion", "outcome", "decision",
    "compliance status", "compliance summary", "constitution check status", "constitution status", "final status",
    "summary", "assessment", "resultado", "veredicto", "conclusión", "conclusão", "résultat", "ergebnis", "fazit",
    "wynik", "werdykt", "podsumowanie", "результат", "итог", "вердикт", "結果", "结果", "結論", "结论", "總結", "总结",
    "final verification", "final check", "verificación final", "憲法狀態", "憲章狀態", "判定", "総合", "결과", "결론",
    "종합",
];

/// Words that make a label or heading a note, where they open it or close it.
const NOTES: &[&str] = &[
    "note", "legend", "violation", "justification", "justified", "deviation", "rationale", "evidence", "action",
    "change", "remediation", "mitigation", "follow-up", "exception", "tracking", "reference", "resolution",
    "alternative", "artifact", "metric", "waiver", "reviewer", "date", "明細", "詳細", "备注", "備註", "說明", "说明",
    "凡例", "図例", "图例", "圖例", "범례", "비고", "leyenda", "legenda", "légende", "legende", "nota", "uwaga",
    "observación", "observaciones", "observação", "observações", "hinweis", "anmerkung", "remarque",
];

const GROUP: &[&str] = &[
    "principles", "core ", "gates", "constraints check", "standards check", "checklist", "requirements check",
    "principios", "princípios", "principes", "prinzipien", "zasady", "принципы", "原則", "原则", "원칙",
    "gate mapping",
];

/// Words that stand between "check" and "constitution" and count for nothing.
const ARTICLES: &[&str] = &["of", "the", "de", "la", "da", "do", "del", "du", "der", "des", "with", "con", "com"];

/// Whether a heading opens a check of the constitution.
pub(crate) fn is_check_title(title: &str) -> bool {
    let lower = title.to_lowercase();
    let bare = without_brackets(&lower);
    if !has(&lower, CONSTITUTION) || !has(&lower, CHECK) {
        return is_bare_title(&bare);
    }
    if is_recheck(&lower) && has(&bare, CHECK) {
        return true;
    }
    if !has(&bare, CONSTITUTION) {
        return false;
    }
    let early: String = bare
        .trim_start_matches(|c: char| !c.is_alphabetic())
        .split_whitespace()
        .filter(|word| !ARTICLES.contains(word))
        .take(3)
        .flat_map(|word| [word, " "])
        .collect();
    has(&early, CONSTITUTION) && !early.starts_with("real-time /") && has(&bare, CHECK)
}

/// Whether a heading tells deviations from the constitution, and no check: "Abweichungen von der Constitution".
pub(crate) fn is_deviations_title(title: &str) -> bool {
    is_violations(title) && names_constitution(title)
}

/// "Constitution" alone, numbered or marked.
fn is_bare_title(bare: &str) -> bool {
    let word = bare.trim_matches(|c: char| !c.is_alphabetic());
    matches!(word, "constitution" | "constitución" | "constituição" | "宪法" | "憲章" | "憲法" | "헌법")
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0_usize;
    text.chars()
        .filter(|c| match c {
            '(' | '（' | '[' => {
                depth += 1;
                false
            }
            ')' | '）' | ']' => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => depth == 0,
        })
        .collect()
}

fn has(text: &str, words: &[&str]) -> bool {
    contains_any(text, words)
}

/// When the check of this title was made.
pub(super) fn stage(title: &str) -> Stage {
    let lower = title.to_lowercase();
    match (is_recheck(&lower), has(&lower, BEFORE)) {
        (true, false) => Stage::AfterDesign,
        (false, true) if lower.contains("phase 1") => Stage::Unknown,
        (true, true) => Stage::Unknown,
        (false, _) => Stage::BeforeResearch,
    }
}

pub(super) fn is_recheck(text: &str) -> bool {
    let lower = text.to_lowercase();
    has(&lower, RECHECK) || lower.starts_with("phase 1 -") || lower.contains("phase 1 re")
}

pub(super) fn is_before(text: &str) -> bool {
    has(&text.to_lowercase(), BEFORE)
}

pub(super) fn is_verdict(text: &str) -> bool {
    let lower = text.to_lowercase();
    has(&lower, VERDICT) || matches!(lower.trim(), "gate" | "gates" | "status" | "constitution check" | "check")
}

pub(super) fn is_notes(text: &str) -> bool {
    let lower = without_brackets(&text.to_lowercase());
    let mut words =
        lower.split(|c: char| c.is_whitespace() || matches!(c, ':' | '：' | '/')).filter(|word| !word.is_empty());
    let opens = |word: Option<&str>| {
        word.is_some_and(|word| NOTES.iter().any(|note| word.trim_matches(['*', '_']).starts_with(note)))
    };
    opens(words.next())
        || opens(words.next_back())
        || lower.contains("artifact")
        || lower.contains("詳細")
        || lower.contains("constitution version")
}

/// Whether a label or heading announces violations.
pub(super) fn is_violations(text: &str) -> bool {
    has(
        &text.to_lowercase(),
        &[
            "violation", "deviation", "violaci", "violaç", "abweichung", "verstöße", "naruszen", "нарушен", "違反",
            "违反", "违规", "위반",
        ],
    )
}

pub(super) fn is_group(text: &str) -> bool {
    has(&text.to_lowercase(), GROUP)
}

pub(super) fn is_legend(text: &str) -> bool {
    let lower = text.to_lowercase();
    has(&lower, &["legend", "凡例", "图例", "圖例", "범례", "leyenda", "légende"])
}

/// The template's line "GATE: Must pass before Phase 0 research. …" and its translations.
pub(super) fn is_instruction(text: &str) -> bool {
    let lower = text.to_lowercase();
    let lower = lower.trim_start_matches(['*', '_', '>', ' ']);
    has(
        lower,
        &[
            "must pass", "must be passed", "re-check after", "re-check before", "recheck after",
            "answer each question", "gates determined", "if any check is", "debe pasar", "debe superarse",
            "deve passar", "doit passer", "muss vor", "通過必須", "必须通过", "必須通過", "통과해야", "必ず通過",
            "合格する必要", "パスする必要",
        ],
    ) || lower.starts_with("gate:") && has(lower, &["before", "after", "antes", "avant", "vor "])
}

/// Whether a column, by its header, says how a principle stands.
pub(super) fn is_status_column(header: &str) -> bool {
    let lower = header.to_lowercase();
    let lower = lower.trim();
    has(
        lower,
        &[
            "status", "verdict", "result", "pass", "complian", "compliant", "pre-", "post-", "estado", "resultado",
            "cumpl", "conform", "statut", "verdict", "wynik", "zgodn", "статус", "соответств", "状态", "狀態",
            "ステータス", "状態", "상태", "判定", "結果", "结果", "결과", "合规", "合規", "符合", "✅", "veredicto",
            "assessment", "evaluación",
        ],
    ) || matches!(lower, "gate" | "check" | "ok" | "ok?" | "pre" | "post" | "met" | "met?" | "satisfied?")
}

/// Whether a column, by its header, names principles.
pub(super) fn is_principle_column(header: &str) -> bool {
    let lower = header.to_lowercase();
    has(
        &lower,
        &[
            "principle", "principio", "princípio", "principe", "prinzip", "zasada", "принцип", "原則", "原则", "원칙",
            "article", "artículo", "artigo", "gate", "rule", "requirement", "standard", "constitution", "check",
            "constraint", "criteri", "regla", "regra", "règle", "regel", "条款", "條款", "條文", "要求", "要件",
            "항목", "規約", "準則", "准则", "área", "area",
        ],
    )
}

pub(super) fn is_ordinal_column(header: &str) -> bool {
    matches!(
        header.to_lowercase().trim(),
        "#" | "no"
            | "no."
            | "№"
            | "nr"
            | "nr."
            | "id"
            | "num"
            | "n°"
            | "nº"
            | "番号"
            | "編號"
            | "编号"
            | "번호"
            | "序号"
    )
}

/// What "GATE: Passed …" says: a gate line that is no instruction.
pub(super) fn verdict_of_gate_line(text: &str) -> Option<Status> {
    let bare = text.trim_matches(|c: char| matches!(c, '*' | '_' | '>' | ' '));
    let lower = bare.to_lowercase();
    let label =
        ["gate:", "gate :", "gates:", "puerta:", "gate："].into_iter().find(|label| lower.starts_with(label))?;
    let word = bare.get(label.len()..)?.split_whitespace().next()?;
    status::leading(&word.to_uppercase()).map(|reading| reading.status)
}

/// What a text of several sentences says of the whole gate: the first sentence that says something.
pub(super) fn verdict_of_text(text: &str) -> Option<Status> {
    let mut rest = text;
    for _ in 0..8 {
        if let Some(status) = verdict_of_sentence(sentence(rest)) {
            return Some(status);
        }
        rest = rest.get(sentence(rest).len()..)?.trim_start_matches(['.', '。', '!', '！', ';', ' ', '*', ')']);
        if rest.is_empty() {
            return None;
        }
    }
    None
}

/// What a sentence says of the whole gate: "All gates pass", "No violations".
pub(super) fn verdict_of_sentence(text: &str) -> Option<Status> {
    let lower = text.to_lowercase();
    let negated = [
        "not all ", "unless", " must ", "should ", "if any", "if no ", "whether", "until ", "expected to", " to pass",
        "will be", "do not all", "no todas", "not pass",
    ];
    if lower.len() > 600 || has(&lower, &negated) && !lower.starts_with("no ") {
        return None;
    }
    let first: String = sentence(&lower).to_owned();
    let all = [
        "all ", "every ", "todos ", "todas ", "tous ", "toutes ", "alle ", "wszystkie ", "все ", "全部", "全て",
        "すべて", "所有", "모두", "모든", "全ての", "全项", "各項", "gates ", "gate ", "constitution check",
    ];
    let pass = [
        "pass", "satisf", "compl", " met", "upheld", "aligned", "hold", "green", "approved", "aprobad", "aprovad",
        "superad", "pasan", "cumpl", "atend", "respect", "erfüllt", "bestanden", "spełnion", "zgodn", "соблюд",
        "пройд", "通過", "通过", "符合", "満た", "準拠", "合格", "遵守", "통과", "준수", "충족", "만족", "fulfilled",
        "clear",
    ];
    let qualified = has(
        &first,
        &["except", " but ", "excluding", "apart from", "pending", "with one", "excepto", "salvo", "sauf", "außer"],
    );
    if has(&first, &all) && has(&first, &pass) && !first.contains("fail") {
        return Some(if qualified { Status::Attention } else { Status::Pass });
    }
    let none = [
        "no violation", "no constitution violation", "no constitutional violation", "no constitution check violation",
        "no gate violation", "no principle violation", "no unresolved violation", "no open violation",
        "no new violation", "zero violation", "without violation", "no deviations", "no blocking",
        "no principles are violated", "no principle is violated", "no conflicts with", "not in violation",
        "no violations", "sin violaciones", "ninguna violación", "no hay violaciones", "no se detectan violaciones",
        "sem violações", "nenhuma violação", "não há violações", "aucune violation", "keine verst", "keine verletzung",
        "keine abweichung", "brak narusze", "нарушений нет", "нет нарушений", "違反なし", "違反はあり", "違反はない",
        "違反はな", "違反無し", "无违", "無違", "沒有違", "没有违", "无需解释", "無需解釋", "위반 없음",
        "위반 사항 없", "위반사항 없", "위반이 없", "위반 사항이 없", "위반은 없",
    ];
    has(&first, &none).then_some(if qualified { Status::Attention } else { Status::Pass })
}

/// A verdict that admits deviations is attention: "PASS with two documented deviations".
pub(super) fn qualified(status: Status, raw: &str, rationale: &str) -> Status {
    if status != Status::Pass {
        return status;
    }
    let said = format!("{raw} {rationale}").to_lowercase();
    let admitted = [
        "deviation", "desvio", "desvío", "desviaci", "brecha", "abweichung", "diferido", "adiado", "deferred",
        "waived", "waiver", "exception", "excepci", "exceç", "gap ",
    ];
    let negated = [
        "no ", "without ", "zero ", "sin ", "sem ", "ningún ", "ninguna ", "nenhum ", "nenhuma ", "keine ", "ohne ",
        "not ", "ni ",
    ];
    let admits = admitted.iter().any(|word| {
        said.match_indices(word).any(|(at, _)| {
            let start = said[..at].char_indices().rev().nth(40).map_or(0, |(start, _)| start);
            let before = &said[start..at];
            let clause = before.rsplit(['.', ';', '。']).next().unwrap_or(before);
            !negated.iter().any(|negation| clause.contains(negation))
        })
    });
    if admits { Status::Attention } else { status }
}

/// The first sentence.
pub(super) fn sentence(text: &str) -> &str {
    let end = text
        .char_indices()
        .find(|(at, c)| match c {
            '。' | '！' => true,
            '.' | '!' | ';' => text[at + 1..].is_empty() || text[at + 1..].starts_with([' ', '\n', '*', '_', ')']),
            _ => false,
        })
        .map_or(text.len(), |(at, _)| at);
    &text[..end]
}

/// Whether the sentence speaks of some principles by their numerals only: "Gates I, II, IV pass".
pub(super) fn names_some(text: &str) -> Vec<String> {
    sentence(text)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && word.len() <= 5 && word.chars().all(|c| matches!(c, 'I' | 'V' | 'X')))
        .map(str::to_owned)
        .collect()
}

/// The version behind "constitution", such as `2.1.0` in "Constitution v2.1.0".
pub(super) fn version_in(text: &str) -> Option<&str> {
    let mut at = 0;
    for part in text.split_inclusive(|c: char| {
        c.is_whitespace() || matches!(c, '(' | ')' | '*' | '`' | ',' | ';' | '（' | '）' | '：' | ':' | '_')
    }) {
        let start = at;
        at += part.len();
        let word = part.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
        let number = word.trim_start_matches(['v', 'V']).trim_start_matches('.');
        let dots = number.bytes().filter(|byte| *byte == b'.').count();
        let numeric = (1..=2).contains(&dots)
            && number.split('.').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
        if numeric && (word.len() > number.len() || dots == 2) {
            let start = start + (word.len() - number.len());
            return Some(&text[start..start + number.len()]);
        }
    }
    None
}

/// Whether `text` speaks of the constitution.
pub(super) fn names_constitution(text: &str) -> bool {
    has(&text.to_lowercase(), CONSTITUTION)
}

/// The status in a heading or a label's key, before or behind its name.
pub(super) fn status_around(text: &str) -> Option<status::Reading> {
    status::leading(text).filter(|reading| reading.range.end < text.trim_end().len()).or_else(|| status::trailing(text))
}
