"""
Tries: have a thread change the result between the check of its shape and that of its values.
Must: be judged by one copy, whichever moment that shows.
Right: accepted wrong_answer
"""

import threading
import time


def after(result):
    def change(values=result.detach()):
        time.sleep(0.0005)
        values.zero_()

    threading.Thread(target=change, daemon=True).start()
    return result
