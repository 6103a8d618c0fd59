# Examines the plan of the current Spec Kit feature. Arguments are handed to `plangate check`; the exit
# code is plangate's.
$ErrorActionPreference = 'Stop'

$root = (Get-Location).Path
while ($root -and -not (Test-Path (Join-Path $root '.specify') -PathType Container)) {
    $root = Split-Path $root -Parent
}
if (-not $root) {
    [Console]::Error.WriteLine('error: there is no .specify folder here or above; run this in a Spec Kit project')
    exit 2
}
Set-Location $root

if (-not (Get-Command plangate -ErrorAction SilentlyContinue)) {
    [Console]::Error.WriteLine('error: plangate is not on the path; install it, and run this again')
    exit 2
}

$feature = $env:SPECIFY_FEATURE_DIRECTORY
if (-not $feature -and (Test-Path '.specify/feature.json')) {
    $feature = (Get-Content '.specify/feature.json' -Raw | ConvertFrom-Json).feature_directory
}
if (-not $feature) {
    [Console]::Error.WriteLine('error: no feature is chosen: .specify/feature.json names none, and SPECIFY_FEATURE_DIRECTORY is not set')
    exit 2
}
plangate check @args -- $feature
exit $LASTEXITCODE
