import time
import grader.sandbox.confine as c
from grader.sandbox import limits, landlock, seccomp, namespaces, kernel
from tests.sandbox.echo_worker import serve
log=[]
def wrap(mod,name):
    f=getattr(mod,name)
    def g(*a,**k):
        t=time.perf_counter()
        try: return f(*a,**k)
        finally: log.append((name,round(1000*(time.perf_counter()-t),2)))
    setattr(mod,name,g)
for n in "detach own_folders settle confine".split(): wrap(c,n)
for m,n in ((limits,"limit_resources"),(limits,"drop_capabilities"),(landlock,"restrict"),(limits,"close_descriptors"),(c,"_fresh_streams")): wrap(m,n)
import builtins; builtins.TLOG=log
import os
_f=os.fork
def fork():
    t=time.perf_counter(); r=_f()
    if r==0: log.append(('fork_child',round(1000*(time.perf_counter()-t),2)))
    else: log.append(('fork_parent',round(1000*(time.perf_counter()-t),2)))
    return r
os.fork=fork
