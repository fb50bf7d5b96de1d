"""
Tries: leave by SystemExit in a thread, and hold the process by threads that are no daemons.
Must: change nothing; the process ends without waiting for its threads.
"""

import sys
import threading
import time

threading.Thread(target=sys.exit, args=(0,)).start()
threading.Thread(target=time.sleep, args=(1000,)).start()
