# Freezes Afterword and makes its installer, on Windows, in a Python that has packaging/bundle/bundle.lock installed.
# Signs where SIGNING_CERTIFICATE (a PFX file) and SIGNING_PASSWORD are in the environment; else says that it did not.
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true

$version = python -c "import tomllib; print(tomllib.load(open('pyproject.toml', 'rb'))['project']['version'])"
python packaging/bundle/draw_icon.py build/afterword.ico 256
python packaging/bundle/freeze.py

$options = @("-DVERSION=$version", '-DBUNDLE=../../build/bundle/afterword', "-DOUT=../../dist/afterword-$version-setup.exe")
if ($env:SIGNING_CERTIFICATE) {
    $sign = "signtool sign /fd SHA256 /td SHA256 /tr http://timestamp.digicert.com /f `"$env:SIGNING_CERTIFICATE`" /p `"$env:SIGNING_PASSWORD`""
    Get-ChildItem build/bundle/afterword/*.exe | ForEach-Object { Invoke-Expression "$sign `"$_`"" }
    $options += "-DSIGN=$sign"
} else {
    Write-Output 'Not signed: SIGNING_CERTIFICATE is not set.'
}
New-Item -ItemType Directory -Force dist | Out-Null
makensis -V2 @options packaging/windows/afterword.nsi
