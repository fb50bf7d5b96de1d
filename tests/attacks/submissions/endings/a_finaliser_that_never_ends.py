"""
Tries: hold on for ever in a finaliser, when the process is done and cleans up.
Must: change nothing; the process ends without cleaning up.
"""

import weakref


class Stays:
    def __del__(self):
        while True:
            pass


stays = Stays()
weakref.finalize(stays, lambda: Stays().__del__())
