# </pre><script>document.title = "taken over"</script>
print("</pre><script>alert('printed')</script><img src=x onerror=alert(1)>")
print("\x1b[2J\x1b[31mred\x1b[0m \u202etfel ot thgir\u202c &lt;b&gt;")


class Markup(Exception):
    pass


Markup.__name__ = Markup.__qualname__ = "<img src=x onerror=alert(2)>"


def causal_attention(q, k, v):
    raise Markup("<script>alert('raised')</script> & \"quotes\" 'too' \x1b[31m\u202egnorw\u202c")
