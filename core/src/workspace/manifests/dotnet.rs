//! Project files of .NET: *.csproj and its kin, Directory.Packages.props, packages.config.

use super::Parsed;
use crate::repository::Manifest;
use crate::source::Span;
use crate::workspace::scan::{self, Xml};

/// A project in C#.
pub(super) fn csharp(text: &str) -> Parsed {
    project(text, "csharp")
}

/// A project in F#.
pub(super) fn fsharp(text: &str) -> Parsed {
    project(text, "fsharp")
}

/// A project in Visual Basic.
pub(super) fn visual_basic(text: &str) -> Parsed {
    project(text, "vb")
}

fn project(text: &str, language: &str) -> Parsed {
    const REFERENCES: &[&str] =
        &["PackageReference", "PackageVersion", "GlobalPackageReference", "FrameworkReference", "package"];
    let mut manifest = Manifest { language: language.to_owned(), ..Manifest::default() };
    let mut element = "";
    for piece in scan::xml(text) {
        match piece {
            Xml::Open { name, attributes, at } => {
                element = name;
                let attribute = |key| scan::attribute(attributes, key);
                let package = attribute("Include").or_else(|| attribute("Update")).or_else(|| attribute("id"));
                if let (true, Some(package)) = (REFERENCES.contains(&name), package) {
                    let version = attribute("Version").or_else(|| attribute("version"));
                    let end = scan::span(attributes, text).range().end;
                    manifest.dependencies.push(scan::dependency(package, version, Span::new(at, end)));
                }
            }
            Xml::Close { .. } => element = "",
            Xml::Text(value) => match element {
                "TargetFramework" | "TargetFrameworks" | "TargetFrameworkVersion"
                    if manifest.language_version.is_none() =>
                {
                    manifest.language_version = Some(scan::dependency(element, Some(value), scan::span(value, text)));
                }
                "Version" => {
                    if let Some(last) = manifest.dependencies.last_mut() {
                        last.version.get_or_insert_with(|| value.to_owned());
                    }
                }
                _ => {}
            },
        }
    }
    manifest.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_and_framework() {
        let text = "<Project Sdk=\"Microsoft.NET.Sdk.Web\">\n  <PropertyGroup><TargetFramework>net9.0</TargetFramework></PropertyGroup>\n  <ItemGroup>\n    <PackageReference Include=\"Serilog\" Version=\"4.1.0\" />\n    <PackageReference Include=\"xunit\">\n      <Version>2.9.2</Version>\n    </PackageReference>\n    <PackageVersion Include=\"Polly\" Version=\"8.5.0\" />\n  </ItemGroup>\n</Project>";
        let manifest = csharp(text).manifest;
        let found: Vec<_> =
            manifest.dependencies.iter().map(|known| (known.name.as_str(), known.version.as_deref())).collect();
        assert_eq!(found, [("Serilog", Some("4.1.0")), ("xunit", Some("2.9.2")), ("Polly", Some("8.5.0"))]);
        assert!(manifest.dependencies[0].span.text(text).starts_with("<PackageReference Include=\"Serilog\""));
        assert_eq!(manifest.language_version.unwrap().version.as_deref(), Some("net9.0"));
    }
}
