"""Whether the player's desktop is light or dark, as far as it says so."""

import subprocess
import sys

from work.desktop.theme import ThemeName

ASK: dict[str, list[str]] = {
    "darwin": ["defaults", "read", "-g", "AppleInterfaceStyle"],
    "linux": ["gsettings", "get", "org.gnome.desktop.interface", "color-scheme"],
}
"""What answers with a word that has "dark" in it, by system; Windows has it in its registry."""


def system_theme() -> ThemeName:
    """The desktop's own theme; light where it cannot be told. Takes some milliseconds."""
    if sys.platform == "win32":
        import winreg

        path = r"Software\Microsoft\Windows\CurrentVersion\Themes\Personalize"
        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, path) as key:
                return "light" if winreg.QueryValueEx(key, "AppsUseLightTheme")[0] else "dark"
        except OSError:
            return "light"
    else:
        command = ASK.get(sys.platform, ASK["linux"])
        try:
            said = subprocess.run(command, capture_output=True, text=True, timeout=1, check=False).stdout
        except (OSError, subprocess.SubprocessError):
            return "light"
        return "dark" if "dark" in said.lower() else "light"
