# ruff: noqa: INP001 - no package: PyInstaller's recipe imports it.
"""What PyInstaller would take along and Afterword does not need, or must have from the user's system."""

import fnmatch
import sys

EXCLUDED_MODULES = [
    "IPython",
    "PySide6.QtDesigner",
    "PySide6.QtQml",
    "PySide6.QtQuick",
    "PySide6.QtSql",
    "_tkinter",
    "lib2to3",
    "matplotlib",
    "mypy",
    "numpy.f2py",
    "numpy.testing",
    "pocketsphinx",
    "pydoc_data",
    "pytest",
    "readline",
    "setuptools",
    "sqlalchemy.dialects.mssql",
    "sqlalchemy.dialects.mysql",
    "sqlalchemy.dialects.oracle",
    "sqlalchemy.ext",
    "sqlalchemy.orm",
    "sqlalchemy.testing",
    "tkinter",
    "unittest",
]

QT = (
    "*/Qt/plugins/egldeviceintegrations/*",
    "*/Qt/plugins/generic/*",
    "*/Qt/plugins/imageformats/libqicns.so",
    "*/Qt/plugins/imageformats/libqtga.so",
    "*/Qt/plugins/imageformats/libqtiff.so",
    "*/Qt/plugins/imageformats/libqwbmp.so",
    "*/Qt/plugins/imageformats/libqwebp.so",
    "*/Qt/plugins/imageformats/libqpdf.so",
    "*/Qt/plugins/networkinformation/*",
    "*/Qt/plugins/platforminputcontexts/libqtvirtualkeyboardplugin.so",
    "*/Qt/plugins/platforms/libqeglfs.so",
    "*/Qt/plugins/platforms/libqlinuxfb.so",
    "*/Qt/plugins/platforms/libqminimal*.so",
    "*/Qt/plugins/platforms/libqvnc.so",
    "*/Qt/plugins/platforms/libqvkkhrdisplay.so",
    "*/Qt/plugins/platformthemes/libqgtk3.so",  # brings all of GTK
    "*/Qt/plugins/multimedia/libgst*",
    "*/Qt/plugins/qmltooling/*",
    "*/Qt/plugins/sqldrivers/*",
    "*/Qt/plugins/tls/*",  # of Qt's network library nothing is used
    "*/Qt/qml/*",
    "*/Qt/translations/*",
    "*/libQt6Designer*",
    "*/libQt6EglF*",
    "*/libQt6Pdf*",
    "*/libQt6MultimediaQuick*",
    "*/libQt6QmlCompiler*",
    "*/libQt6Quick[!.]*",
    "*/libQt6VirtualKeyboard*",
)
"""Not libQt6OpenGL, which Qt's Wayland client needs, nor libQt6Quick and what that needs: the player's plugin does."""

TAKEN_ALONG = (
    "libbz2.so*",
    "libcrypto.so*",
    "libffi.so*",
    "libjpeg.so*",
    "liblzma.so*",
    "libpython3*.so*",
    "libsqlite3.so*",
    "libssl.so*",
    "libxcb-[!rs]*.so*",
    "libxcb-render-util.so*",
    "libxcb-s[!h]*.so*",
    "libxcb-shape.so*",
    "libxkbcommon*.so*",
    "libyuv.so*",
    "libz.so*",
)
"""Of the build machine's own libraries, under Linux: what Python, Qt and the recorder need beyond what desktops have.
All others (graphics, X, Wayland, glib, sound, the C++ library) must be the user's: a copy from elsewhere breaks under a
newer graphics driver, or asks for a newer C library."""


def is_left_out(name: str) -> bool:
    """``name``: where it would lie in the bundle."""
    path = name.replace("\\", "/")
    if "__pycache__" in path or any(fnmatch.fnmatch(path, pattern) for pattern in QT):
        return True
    is_of_the_system = sys.platform == "linux" and "/" not in path and path.startswith("lib") and ".so" in path
    return is_of_the_system and not any(fnmatch.fnmatch(path, each) for each in TAKEN_ALONG)
