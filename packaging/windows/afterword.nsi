; The installer for Windows: for one user, without administrator's rights.
;   makensis -DVERSION=0.1.0 -DBUNDLE=build/bundle/afterword -DOUT=dist/afterword-0.1.0-setup.exe packaging/windows/afterword.nsi
; -DSIGN="command" signs the uninstaller and the installer as they are made; the command gets a file's name.

Unicode true
Target amd64-unicode
SetCompressor /SOLID lzma
SetCompressorDictSize 64

Name "Afterword"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\Afterword"
InstallDirRegKey HKCU "Software\Afterword" "Folder"
RequestExecutionLevel user
ManifestDPIAware true
BrandingText "Afterword ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "Afterword"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "Afterword installer"
VIAddVersionKey "LegalCopyright" "MIT; as a whole GPL-3.0-or-later"

!ifdef SIGN
  !uninstfinalize '${SIGN} "%1"'
  !finalize '${SIGN} "%1"'
!endif

!include "MUI2.nsh"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Afterword"
!define RUN "Software\Microsoft\Windows\CurrentVersion\Run"

!insertmacro MUI_PAGE_LICENSE "${BUNDLE}/NOTICES.txt"
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_RUN "$INSTDIR\afterword-tray.exe"
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

; A program that runs cannot be written to. It is not ended from here: it may be recording.
!macro RefuseWhileItRuns
  IfFileExists "$INSTDIR\afterword-capture.exe" 0 free
  ClearErrors
  FileOpen $0 "$INSTDIR\afterword-capture.exe" a
  IfErrors busy
  FileClose $0
  FileOpen $0 "$INSTDIR\afterword-tray.exe" a
  IfErrors busy
  FileClose $0
  Goto free
  busy:
    MessageBox MB_OK|MB_ICONEXCLAMATION "Afterword runs. Quit it from its tray icon, then try again." /SD IDOK
    SetErrorLevel 3
    Abort
  free:
!macroend

; Its own files by name: what else lies in that folder is somebody else's.
!macro RemoveProgram
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\afterword.exe"
  Delete "$INSTDIR\afterword-tray.exe"
  Delete "$INSTDIR\afterword-capture.exe"
  Delete "$INSTDIR\NOTICES.txt"
  Delete "$INSTDIR\sbom.cdx.json"
!macroend

Section "Afterword" Program
  SectionIn RO
  !insertmacro RefuseWhileItRuns
  !insertmacro RemoveProgram
  SetOutPath "$INSTDIR"
  File /r "${BUNDLE}/*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  WriteRegStr HKCU "Software\Afterword" "Folder" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "Afterword"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\afterword-tray.exe"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
SectionEnd

Section "Start menu" Menu
  CreateShortCut "$SMPROGRAMS\Afterword.lnk" "$INSTDIR\afterword-tray.exe"
SectionEnd

; The same entry that the settings of the program write and take back.
Section /o "Start when I log in" Login
  WriteRegStr HKCU "${RUN}" "afterword" '"$INSTDIR\afterword-tray.exe"'
SectionEnd

; Recordings and settings stay where they are.
Section "Uninstall"
  !insertmacro RefuseWhileItRuns
  !insertmacro RemoveProgram
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\Afterword.lnk"
  DeleteRegValue HKCU "${RUN}" "afterword"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "Software\Afterword"
SectionEnd
