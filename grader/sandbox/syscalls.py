"""System calls that a submission may make, with their numbers on x86_64 and aarch64.

An entry is name:x86_64:aarch64, with - where an architecture has no such call. What is not listed is
refused, so calls that the kernel gains later are refused too. aarch64 uses the generic numbers.
"""

from __future__ import annotations

_FILES = """
read:0:63 write:1:64 open:2:- close:3:57 stat:4:- fstat:5:80 lstat:6:- newfstatat:262:79 lseek:8:62
pread64:17:67 pwrite64:18:68 readv:19:65 writev:20:66 preadv:295:69 pwritev:296:70 access:21:-
faccessat:269:48 faccessat2:439:439 openat:257:56 openat2:437:437 creat:85:- dup:32:23 dup2:33:-
dup3:292:24 truncate:76:45 ftruncate:77:46 fallocate:285:47 getdents:78:- getdents64:217:61 getcwd:79:17
chdir:80:49 fchdir:81:50 rename:82:- renameat:264:38 renameat2:316:276 mkdir:83:- mkdirat:258:34
rmdir:84:- link:86:- linkat:265:37 unlink:87:- unlinkat:263:35 symlink:88:- symlinkat:266:36 readlink:89:-
readlinkat:267:78 umask:95:166 statfs:137:43 fstatfs:138:44 statx:332:291 fsync:74:82 fdatasync:75:83
sendfile:40:71 copy_file_range:326:285 close_range:436:436 getxattr:191:8 lgetxattr:192:9 fgetxattr:193:10
listxattr:194:11 llistxattr:195:12 flistxattr:196:13
"""

# Landlock does not mediate these, so they are allowed only where the other trees are mounted read-only.
_MODES = """
chmod:90:- fchmod:91:52 fchmodat:268:53 fchmodat2:452:452 utime:132:- utimes:235:- futimesat:261:-
utimensat:280:88
"""

_MEMORY = """
munmap:11:215 mprotect:10:226 brk:12:214 mremap:25:216 msync:26:227 madvise:28:233 mlock:149:228
mlock2:325:284 munlock:150:229 get_mempolicy:239:236 set_mempolicy:238:237 mbind:237:235
pkey_alloc:330:289 pkey_free:331:290 pkey_mprotect:329:288 membarrier:324:283 mseal:462:462
"""

_THREADS_AND_TIME = """
futex:202:98 futex_waitv:449:449 futex_wake:454:454 futex_wait:455:455 futex_requeue:456:456
set_robust_list:273:99 get_robust_list:274:100 set_tid_address:218:96 rseq:334:293 sched_yield:24:124
sched_getaffinity:204:123 sched_setaffinity:203:122 sched_getparam:143:121 sched_getscheduler:145:120
sched_getattr:315:275 sched_get_priority_max:146:125 sched_get_priority_min:147:126
sched_rr_get_interval:148:127 getpriority:140:141 nanosleep:35:101 clock_nanosleep:230:115
clock_gettime:228:113 clock_getres:229:114 gettimeofday:96:169 time:201:- times:100:153 getitimer:36:102
setitimer:38:103 alarm:37:- pause:34:- timerfd_create:283:85 timerfd_settime:286:86 timerfd_gettime:287:87
getcpu:309:168
"""

_SIGNALS_AND_WAITING = """
rt_sigaction:13:134 rt_sigprocmask:14:135 rt_sigreturn:15:139 rt_sigpending:127:136
rt_sigtimedwait:128:137 rt_sigsuspend:130:133 sigaltstack:131:132 signalfd:282:- signalfd4:289:74
restart_syscall:219:128 poll:7:- ppoll:271:73 select:23:- pselect6:270:72 epoll_create:213:-
epoll_create1:291:20 epoll_wait:232:- epoll_pwait:281:22 epoll_pwait2:441:441 epoll_ctl:233:21
eventfd:284:- eventfd2:290:19 pipe:22:- pipe2:293:59 wait4:61:260 waitid:247:95
"""

# On sockets that exist: the judge's, and pairs that the submission makes. None can be opened or connected.
_SOCKETS = """
recvfrom:45:207 sendto:44:206 recvmsg:47:212 shutdown:48:210 getsockname:51:204 getpeername:52:205
"""

_ASKING_AND_ENDING = """
getpid:39:172 gettid:186:178 getppid:110:173 getpgrp:111:- getpgid:121:155 getsid:124:156 getuid:102:174
geteuid:107:175 getgid:104:176 getegid:108:177 getgroups:115:158 getresuid:118:148 getresgid:120:150
capget:125:90 uname:63:160 sysinfo:99:179 getrusage:98:165 getrlimit:97:163 getrandom:318:278
arch_prctl:158:- exit:60:93 exit_group:231:94
"""

# Looked at more closely by the filter, argument by argument.
_CHECKED = """
clone:56:220 clone3:435:435 kill:62:129 tgkill:234:131 mmap:9:222 ioctl:16:29 prlimit64:302:261
prctl:157:167 socketpair:53:199 fcntl:72:25 flock:73:32 seccomp:317:277 sched_setaffinity:203:122
getsockopt:55:209 preadv2:327:286 pwritev2:328:287
"""

NEWEST = 470  # a little above the newest number that is known; higher ones are answered "not implemented"
ARCHITECTURES = ("x86_64", "aarch64")


def _numbers(text: str, architecture: str) -> dict[str, int]:
    column = 1 + ARCHITECTURES.index(architecture)
    entries = (entry.split(":") for entry in text.split())
    return {fields[0]: int(fields[column]) for fields in entries if fields[column] != "-"}


def allowed(architecture: str) -> dict[str, int]:
    """Calls that are allowed whatever their arguments."""
    parts = (_FILES, _MEMORY, _THREADS_AND_TIME, _SIGNALS_AND_WAITING, _SOCKETS, _ASKING_AND_ENDING)
    return _numbers(" ".join(parts), architecture)


def modes(architecture: str) -> dict[str, int]:
    """Calls that change modes and times of files."""
    return _numbers(_MODES, architecture)


def checked(architecture: str) -> dict[str, int]:
    """Calls whose arguments decide."""
    return _numbers(_CHECKED, architecture)
