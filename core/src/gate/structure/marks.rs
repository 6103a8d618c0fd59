//! What a comment in a tree, or a sentence, says of a path: is it new, gone, there, or left open?

use std::collections::HashSet;

/// What is said of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// Still to be made.
    New,
    /// Deleted, renamed or moved.
    Gone,
    /// Made by a tool, or only if needed.
    Maybe,
    /// There already.
    Existing,
    /// Nothing.
    None,
}

/// Words of an alphabet, in lower case; each stands for itself.
#[rustfmt::skip]
const NEW: &[&str] = &[
    "new", "newly", "add", "adds", "added", "adding", "create", "creates", "created", "creating", "introduce",
    "introduces", "introduced", "nuevo", "nueva", "nuevos", "nuevas", "crear", "añadir", "agregar", "novo", "nova",
    "novos", "novas", "criar", "adicionar", "nouveau", "nouvelle", "nouveaux", "nouvelles", "créer", "ajouter", "neu",
    "neue", "neuer", "neues", "anlegen", "nowy", "nowa", "nowe", "dodać", "новый", "новая", "новое", "новые", "создать",
    "nuovo", "nuova", "nieuw", "nieuwe", "tbd", "tba",
];
#[rustfmt::skip]
const GONE: &[&str] = &[
    "delete", "deletes", "deleted", "remove", "removes", "removed", "rename", "renamed", "renames", "move", "moved",
    "moves", "replaced", "deprecated", "obsolete", "legacy", "eliminar", "eliminado", "eliminada", "remover",
    "removido", "removida", "supprimer", "supprimé", "déplacé", "gelöscht", "entfernt", "verschoben", "umbenannt",
    "usunąć", "usunięty", "удалить", "удалён", "no", "not", "without", "never", "instead", "rather", "pas",
];
#[rustfmt::skip]
const MAYBE: &[&str] = &[
    "optional", "optionally", "if", "needed", "future", "later", "planned", "may", "might", "could", "generated",
    "gitignored", "ignored", "runtime", "auto", "output", "outputs", "example", "eg", "placeholder", "deferred",
    "opcional", "futuro", "futura", "generado", "gerado", "facultatif", "généré", "generiert", "později", "external",
    "separate", "volume", "local", "mount",
];
#[rustfmt::skip]
const EXISTING: &[&str] = &[
    "existing", "exists", "exist", "already", "unchanged", "modify", "modified", "modifies", "extend", "extends",
    "extended", "update", "updated", "updates", "touched", "existente", "existentes", "existe", "modificado",
    "modificada", "modificar", "actualizado", "atualizado", "existant", "existante", "modifié", "inchangé",
    "bestehend", "bestehende", "vorhanden", "unverändert", "istniejący", "istniejące", "существующий", "существующие",
];

/// Phrases of scripts without spaces.
const NEW_ANYWHERE: &[&str] = &[
    "新規", "新增", "新建", "新設", "追加", "作成", "创建", "創建", "建立", "添加", "신규", "추가", "생성", "새로",
    "🆕", "✨", "➕",
];
const GONE_ANYWHERE: &[&str] = &["削除", "删除", "刪除", "移除", "移动", "移動", "삭제", "이동", "廃止", "❌"];
const MAYBE_ANYWHERE: &[&str] = &[
    "必要に応じて", "必要时", "視需要", "可选", "可選", "任意", "自動生成", "自动生成", "選択", "선택", "필요 시",
    "将来", "將來", "未来", "추후", "e.g.", "待產生", "待产生",
];
const EXISTING_ANYWHERE: &[&str] =
    &["既存", "已有", "既有", "现有", "現有", "已存在", "기존", "変更なし", "不变", "不變"];

impl Mark {
    /// What a tree's comment says of the path before it.
    pub(super) fn of(comment: Option<&str>) -> Self {
        match comment {
            Some(comment) if comment.trim_start().starts_with('+') => Self::New,
            Some(comment) => Self::of_words(comment),
            None => Self::None,
        }
    }

    /// What the words around a path say of it. Whatever makes it doubtful goes before "existing":
    /// "existing, handlers are added" leaves the path open.
    pub(super) fn of_words(text: &str) -> Self {
        let lower = text.to_lowercase();
        let words: HashSet<&str> = lower.split(|c: char| !c.is_alphanumeric()).collect();
        let says = |list: &[&str], anywhere: &[&str]| {
            list.iter().any(|word| words.contains(word)) || anywhere.iter().any(|phrase| lower.contains(phrase))
        };
        if says(GONE, GONE_ANYWHERE) {
            Self::Gone
        } else if says(NEW, NEW_ANYWHERE) {
            Self::New
        } else if says(MAYBE, MAYBE_ANYWHERE) {
            Self::Maybe
        } else if says(EXISTING, EXISTING_ANYWHERE) {
            Self::Existing
        } else {
            Self::None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_say_what_becomes_of_a_path() {
        for (comment, expected) in [
            ("NEW: handlers", Mark::New),
            ("+ handlers", Mark::New),
            ("to be created", Mark::New),
            ("新規: ハンドラ", Mark::New),
            ("NOVO", Mark::New),
            ("REMOVED after the move", Mark::Gone),
            ("build output (gitignored)", Mark::Maybe),
            ("existing handlers", Mark::Existing),
            ("existing; routes are added", Mark::New),
            ("news feed", Mark::None),
        ] {
            assert_eq!(Mark::of(Some(comment)), expected, "{comment}");
        }
        assert_eq!(Mark::of(None), Mark::None);
    }
}
