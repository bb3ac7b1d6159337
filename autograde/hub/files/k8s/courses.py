# A course's server is that of its account, which no person can log in to; the facilitator may start and open it.
import copy

from tornado import web


def _as_course(spawner):
    course = COURSES.get(spawner.user.name)
    if course is None:
        return
    spawner.environment = {
        **spawner.environment,
        "JUPYTER_CONFIG_PATH": "/opt/worktest/jupyter/course:/opt/worktest/jupyter/everybody:/usr/local/etc/jupyter",
        "WORKTEST_COURSE": course,
        "WORKTEST_WORKED": "/home/jovyan/worked",
    }
    spawner.mem_limit, spawner.cpu_limit = GRADER_MEMORY, GRADER_CPUS
    # answers are run in namespaces of their own: the pod needs users of its own, and a whole /proc
    spawner.extra_pod_config = {**copy.deepcopy(spawner.extra_pod_config), "hostUsers": False}
    spawner.container_security_context = {
        **spawner.container_security_context,
        "allowPrivilegeEscalation": False,
        "procMount": "Unmasked",
        "seccompProfile": {"type": "Unconfined"},
    }


def _nobody_is_a_course(authenticator, handler, person):
    # the hub knows a course's account and would let it in; blocking it would take its rights as well
    if person["name"] in COURSES:
        raise web.HTTPError(403, "this account is a course's, and nobody logs in as it")
    return person


c.Authenticator.post_auth_hook = _nobody_is_a_course
c.KubeSpawner.pre_spawn_hook = _as_course
