@echo off
setlocal DisableDelayedExpansion
rem Data lie beside this folder, so that they stay when it is replaced. Windows unpacks it into a folder of the same
rem name, which is thrown away with it: then they lie beside that one.
set "home=%~dp0.."
for %%I in ("%~dp0.") do set "own=%%~nxI"
for %%I in ("%~dp0..") do set "outer=%%~nxI"
if /i "%own%"=="%outer%" set "home=%~dp0..\.."
for %%I in ("%home%\indicators-data") do set "data=%%~fI"
if not defined INDICATORS_DATA set "INDICATORS_DATA=%data%"
"%~dp0node\node.exe" "%~dp0program\indicators.mjs" %*
