"""
Tries: raise from functions whose names are markup, so that the trace is made of it.
Must: be a runtime error.
Right: runtime_error
Wrong: runtime_error
"""

scope = {}
code = compile("def inner(): raise ValueError", "</pre><script>alert(3)</script>\x1b[31m.py", "exec")
exec(code, scope)
scope["inner"].__code__ = scope["inner"].__code__.replace(co_name="<b onclick=x>\u202e")


def before(x, w):
    scope["inner"]()
