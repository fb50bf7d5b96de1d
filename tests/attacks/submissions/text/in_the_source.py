"""
Tries: hide code from a reader by marks for writing right to left and by look-alikes.
Must: be judged by what it does; the source is text.
"""

# ‮ } ⁦if admin⁩ ⁦ begin admins only ‬ <script>alert(4)</script> &lt; ]]> --> </textarea>
аccepted = "Cyrillic а"  # ​‍﻿
