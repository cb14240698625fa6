@echo off
rem ASCII alone, which means the same under every code page. And no call, which misreads some names of folders.
setlocal DisableDelayedExpansion
set "here=%~dp0"
rem Where data lie, and why: see indicators.cmd. The sample lies there too.
set "home=%here%.."
for %%I in ("%here%.") do set "own=%%~nxI"
for %%I in ("%here%..") do set "outer=%%~nxI"
if /i "%own%"=="%outer%" set "home=%here%..\.."
cd /d "%home%" || goto failed
for %%I in ("%home%\indicators-data") do set "data=%%~fI"
if not defined INDICATORS_DATA set "INDICATORS_DATA=%data%"
"%here%node\node.exe" "%here%program\indicators.mjs" serve %*
if %errorlevel%==0 exit /b 0
:failed
pause
exit /b 1
