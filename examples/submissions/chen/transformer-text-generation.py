import time

while True:  # waits for a model that nobody trains
    time.sleep(1)
